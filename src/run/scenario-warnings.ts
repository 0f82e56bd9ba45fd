import type { ExecutorResult, Precision, Scenario, StopReason, Warning } from '../schema/index.js';
import { littleNotes } from './little.js';
import { lossWarnings } from './loss-warnings.js';
import { precisionWarnings } from './precision.js';
import { resultWarnings } from './result-warnings.js';
import type { ExecutorForks } from './summarise.js';
import { overloadNotes } from './validity/pacing.js';
import { type Subjects, sayTogether } from './validity/shared.js';

/** What is to be said of a scenario besides its validity. */
export interface Said {
  readonly forks: readonly ExecutorForks[];
  readonly executors: readonly ExecutorResult[];
  readonly droppedTrials: number;
  /** Weaknesses that take nothing from the verdict. */
  readonly asides: readonly string[];
  readonly precision: Precision | null;
  readonly stoppedBy: StopReason;
}

/** What a record knows that its executors do not. */
interface Known {
  readonly scenario: Scenario;
  readonly lostBecause: string | null;
  readonly leftOut: ReadonlyMap<string, number>;
  readonly baseline: string;
  hopeless(): ReadonlySet<string>;
}

export function scenarioWarnings(
  known: Known,
  { forks, executors, droppedTrials, asides, precision, stoppedBy }: Said,
): readonly Warning[] {
  const { scenario } = known;
  return [
    ...scenario.planWarnings,
    ...stopWarning(known),
    ...leftOutWarnings(known),
    ...hopelessWarning(known),
    ...baselineWarning(known, executors),
    ...asides.map(message => ({ code: 'weak', message })),
    ...precisionWarnings(precision, scenario.measurement, stoppedBy),
    ...overloadNotes(executors).map(message => ({ code: 'overloaded', message })),
    ...littleNotes(executors, scenario).map(message => ({ code: 'littles-law', message })),
    ...resultWarnings(scenario, forks),
    ...lossWarnings(forks, droppedTrials, scenario.expectedFailures),
  ];
}

function baselineWarning(known: Known, executors: readonly ExecutorResult[]): Warning[] {
  const { scenario, leftOut, baseline } = known;
  const { baseline: planned } = scenario;
  if (baseline === planned) return [];
  const isInvalid = executors.some(({ id, validity }) => id === planned && validity.state === 'INVALID');
  const why =
    leftOut.has(planned) || isInvalid
      ? 'is left out'
      : known.hopeless().has(planned)
        ? 'was lost'
        : 'is overloaded, and has no latency to compare with';
  return [{ code: 'other-baseline', message: `compared with ${baseline}: ${planned} ${why}` }];
}

function hopelessWarning(known: Known): Warning[] {
  const ids = [...known.hopeless()];
  if (ids.length === 0) return [];
  const were = ids.length === 1 ? 'was' : 'were';
  const message = `${ids.join(', ')} ${were} lost in two forks running, and not started a third time`;
  return [{ code: 'given-up', message }];
}

function leftOutWarnings({ leftOut }: Known): Warning[] {
  const findings = [...leftOut].map(([id, ms]) => ({
    rule: 'left out',
    executor: id,
    size: ms,
    say: ({ names, many, upTo }: Subjects) =>
      `${names} ${many ? 'are' : 'is'} left out: one trial ${many ? '' : 'of it '}would take ${upTo}${Math.ceil(ms / 60_000)} minutes; a --budget of that length lets ${many ? 'them' : 'it'} run`,
  }));
  return sayTogether(findings).map(message => ({ code: 'left-out', message }));
}

function stopWarning({ lostBecause }: Known): Warning[] {
  if (lostBecause === null) return [];
  return [{ code: 'stopped', message: `the scenario could not go on: ${lostBecause}` }];
}
