import type { ExecutorResult, Finding, Loss, Machine, Scenario, ScenarioResult } from '../schema/index.js';
import type { ExecutorHistory } from './history.js';
import { littleFindings } from './littles-law.js';
import { precisionFindings } from './precision.js';
import { unknownLoadFindings } from './validity/machine.js';
import { overloadFindings } from './validity/pacing.js';
import { clockFindings } from './validity/repetitions.js';
import { found, together } from './validity/together.js';

/** What a scenario's figures are, once it is summed up. */
export interface Summed extends Pick<ScenarioResult, 'executors' | 'precision' | 'stoppedBy'> {
  readonly forks: readonly ExecutorHistory[];
  readonly droppedTrials: number;
  readonly machine: Machine;
}

/** What a record knows that its executors do not. */
interface RecordState {
  readonly scenario: Scenario;
  readonly lostBecause: Loss | null;
  readonly totalReached: { readonly sent: number; readonly total: number } | null;
  readonly leftOut: ReadonlyMap<string, number>;
  readonly baseline: string;
  repeatedlyLost(): ReadonlySet<string>;
}

/** What is to be known of a scenario besides its validity: it takes nothing from the verdict. */
export function scenarioFindings(
  record: RecordState,
  { forks, executors, droppedTrials, precision, stoppedBy, machine }: Summed,
): readonly Finding[] {
  const { scenario } = record;
  return [
    ...scenario.findings,
    ...stopFinding(record),
    ...totalFinding(record),
    ...leftOutFindings(record),
    ...givenUpFinding(record),
    ...baselineFinding(record, executors),
    ...precisionFindings(precision, scenario.measurement, stoppedBy),
    ...unknownLoadFindings(machine),
    ...together(executors.flatMap(clockFindings)),
    ...overloadFindings(executors),
    ...littleFindings(executors, scenario),
    ...resultFindings(scenario, forks),
    ...lossFindings(forks, droppedTrials, scenario.expectedFailures),
  ];
}

function baselineFinding(record: RecordState, executors: readonly ExecutorResult[]): Finding[] {
  const { scenario, leftOut, baseline } = record;
  const { baseline: planned } = scenario;
  if (baseline === planned) return [];
  const isInvalid = executors.some(
    ({ variant: { id }, validity }) => id === planned && validity === 'INVALID',
  );
  const isLost = record.repeatedlyLost().has(planned);
  const why = leftOut.has(planned) || isInvalid ? 'left-out' : isLost ? 'lost' : 'overloaded';
  return [{ code: 'other-baseline', severity: 'note', subjects: [planned], values: { baseline, why } }];
}

function givenUpFinding(record: RecordState): Finding[] {
  const subjects = [...record.repeatedlyLost()];
  return subjects.length === 0 ? [] : [{ code: 'given-up', severity: 'note', subjects, values: {} }];
}

function leftOutFindings({ leftOut }: RecordState): Finding[] {
  return together([...leftOut].map(([id, trialMs]) => found('left-out', 'note', id, { trialMs }, trialMs)));
}

function stopFinding({ lostBecause: loss }: RecordState): Finding[] {
  return loss === null ? [] : [{ code: 'stopped', severity: 'note', subjects: [], values: { loss } }];
}

function totalFinding({ totalReached }: RecordState): Finding[] {
  if (totalReached === null) return [];
  const { sent, total } = totalReached;
  return [{ code: 'remote-total', severity: 'note', subjects: [], values: { sent, total } }];
}

/** Whether results were compared, and whether they were kept. */
function resultFindings({ workload, executors }: Scenario, histories: readonly ExecutorHistory[]): Finding[] {
  const findings: Finding[] = [];
  const about = { severity: 'note', subjects: [] } as const;
  if (workload.resultsCompared === 'may differ')
    findings.push({ code: 'results-not-compared', ...about, values: { workload: workload.name } });
  const forks = histories.flatMap(history => history.forks);
  const notAsked = Math.max(0, ...forks.map(({ difference }) => difference?.notAsked ?? 0));
  if (notAsked > 0) findings.push({ code: 'results-sampled', ...about, values: { notAsked } });
  if (executors.length > 0 && executors.every(({ results }) => results === 'keep'))
    findings.push({ code: 'results-kept', ...about, values: {} });
  return findings;
}

/** What was lost, failed or left out, with the first example of each. */
function lossFindings(
  executors: readonly ExecutorHistory[],
  droppedTrials: number,
  expectedFailures: readonly string[],
): Finding[] {
  const lost = executors.flatMap(({ variant, forks }): Finding[] => {
    const trials = forks.flatMap(fork => fork.trials).filter(trial => trial.state === 'lost');
    const [first] = trials;
    if (first === undefined) return [];
    const values = { trials: trials.length, during: first.during, loss: first.loss };
    return [{ code: 'lost', severity: 'note', subjects: [variant.id], values }];
  });
  const examples = executors.flatMap(({ variant: { id }, forks }) =>
    forks.flatMap(fork => fork.examples).map(example => ({ id, ...example })),
  );
  // A kind of failure that several executors met is one.
  const failed = examples
    .filter(({ kind }) => !expectedFailures.includes(kind))
    .map(({ id, kind, message: example }) => found('failed-tasks', 'note', id, { kind, example }, 0, kind));
  const values = { trials: droppedTrials };
  const dropped: Finding = { code: 'dropped-trials', severity: 'note', subjects: [], values };
  return [...lost, ...together(failed), ...(droppedTrials > 0 ? [dropped] : [])];
}
