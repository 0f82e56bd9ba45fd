import type { ExecutorResult, Finding, FindingCode, ScenarioResult } from '../../schema/index.js';
import { count } from '../format.js';
import { failedBy, forksOf } from '../pairs.js';
import { sentenceOf } from './findings.js';
import { listed, nameOf } from './labels.js';
import { lostTrialText } from './losses.js';

export interface Note {
  /** `weak`, `invalid`, `lost`, `failed`, `expected`, `note`, `try`. */
  readonly label: string;
  readonly text: string;
  /** Of the finding that it is. */
  readonly code?: FindingCode;
  /** What it explains, where that stands in a figure: without one it explains nothing. */
  readonly mark?: string;
  /** Of a command: where a line may end. */
  readonly words?: readonly string[];
}

/** What restricts a scenario's figures, the gravest first. */
export function notesOf(result: ScenarioResult): Note[] {
  const { executors, findings } = result;
  const isGrave = ({ severity }: Finding) => severity !== 'note';
  return [
    ...findings.filter(isGrave).map(finding => findingNote(result, finding)),
    ...lostTrials(executors),
    ...failedTasks(executors, result.scenario.expectedFailures),
    ...expectedFailures(result),
    ...interruption(result),
    // Lost trials have their own line above, with counts.
    ...findings
      .filter(finding => !isGrave(finding) && finding.code !== 'lost')
      .map(finding => findingNote(result, finding)),
  ];
}

function findingNote({ validity }: ScenarioResult, finding: Finding): Note {
  const { code, severity } = finding;
  // Why an executor is left out restricts nothing of the others: it has a label of its own.
  const isLeftOut = severity === 'invalid' && validity !== 'INVALID';
  return { label: isLeftOut ? 'left out' : severity, text: sentenceOf(finding), code };
}

/** One line for all that were lost for the same reason. */
function lostTrials(executors: readonly ExecutorResult[]): Note[] {
  const byReason = new Map<string, string[]>();
  for (const executor of executors) {
    const reason = lossReason([executor]);
    if (reason === null) continue;
    const { lostTrials: lost, trials } = executor;
    const of = `${count(lost)} of ${count(trials.length)} ${trials.length === 1 ? 'trial' : 'trials'}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${nameOf(executor)}, ${of}`]);
  }
  return [...byReason].map(([reason, who]) => ({
    label: 'lost',
    text: `${who.join('; ')}: ${reason}`,
    code: 'lost',
  }));
}

/** `did not start (and 2 other reasons)`; null where no trial was lost. */
export function lossReason(executors: readonly ExecutorResult[]): string | null {
  const lost = executors.flatMap(({ trials }) => trials.filter(trial => trial.state === 'lost'));
  const [first, ...others] = new Set(lost.map(lostTrialText));
  if (first === undefined || others.length === 0) return first ?? null;
  return `${first} (and ${others.length === 1 ? '1 other reason' : `${others.length} other reasons`})`;
}

/** One line for all whose tasks failed. */
function failedTasks(executors: readonly ExecutorResult[], expected: readonly string[]): Note[] {
  const who = executors.flatMap(executor => {
    const { issued, failed, cancelled } = executor.outcomes;
    const kinds = Object.entries(failed).filter(([, number]) => number > 0);
    // Those have a line of their own.
    if (cancelled === 0 && kinds.every(([kind]) => expected.includes(kind))) return [];
    // They are the reason why it is INVALID, with the same figures.
    if (executor.findings.some(({ code }) => code === 'too-many-failed')) return [];
    const parts = kinds.sort(([, a], [, b]) => b - a).map(([kind, number]) => `${count(number)} ${kind}`);
    if (cancelled > 0) parts.push(`${count(cancelled)} cancelled`);
    const total = kinds.reduce((sum, [, number]) => sum + number, cancelled);
    return [`${nameOf(executor)}, ${count(total)} of ${count(issued)} tasks (${parts.join(', ')})`];
  });
  return who.length === 0 ? [] : [{ label: 'failed', text: `${listed(who)}; they never count as done` }];
}

/** Failures that were declared: who met them, and who was spared. */
function expectedFailures({ scenario: { expectedFailures: kinds }, executors }: ScenarioResult): Note[] {
  if (kinds.length === 0) return [];
  const met = executors.filter(executor => failedBy(executor, kinds) > 0);
  const spared = executors.filter(executor => executor.outcomes.issued > 0 && !met.includes(executor));
  const parts = met.map(executor => {
    const [failed, issued] = [failedBy(executor, kinds), executor.outcomes.issued].map(count);
    return `${nameOf(executor)} ${failed} of ${issued} tasks`;
  });
  if (spared.length > 0) parts.push(`none with ${listed(spared.map(nameOf))}`);
  return parts.length === 0
    ? []
    : [{ label: 'expected', text: `failures by ${listed(kinds)}: ${parts.join(', ')}` }];
}

function interruption(result: ScenarioResult): Note[] {
  if (result.stoppedBy !== 'interrupted') return [];
  const forks = forksOf(result);
  const finished = `after ${forks} ${forks === 1 ? 'fork' : 'forks'}`;
  const when = result.medianForkMs === null ? 'in the first fork' : finished;
  return [{ label: 'stopped', text: `interrupted ${when}; a new run starts anew` }];
}
