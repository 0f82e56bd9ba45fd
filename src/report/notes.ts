import type { ExecutorResult, ScenarioResult, Validity } from '../model.js';
import { count } from './format.js';
import { listed, nameOf } from './labels.js';

export interface Note {
  /** `weak`, `invalid`, `lost`, `failed`, `expected`, `note`. */
  readonly label: string;
  readonly text: string;
}

/** What restricts a scenario's figures, the gravest first. */
export function notesOf(scenario: ScenarioResult): Note[] {
  const { executors, warnings, validity } = scenario;
  return [
    ...reasonsOf(validity),
    ...executors.flatMap(lostTrials),
    ...executors.flatMap(executor => failedTasks(executor, scenario.expectedFailures)),
    ...expectedFailures(scenario),
    ...interruption(scenario),
    // Lost trials have their own line above, with counts.
    ...warnings
      .filter(({ code }) => code !== 'lost')
      .map(({ message }) => ({ label: 'note', text: message })),
  ];
}

function reasonsOf({ state, reasons }: Validity): Note[] {
  return reasons.map(text => ({ label: state.toLowerCase(), text }));
}

function lostTrials(executor: ExecutorResult): Note[] {
  const lost = executor.trials.filter(trial => trial.state === 'lost');
  if (executor.lostTrials === 0 && lost.length === 0) return [];
  const number = Math.max(executor.lostTrials, lost.length);
  const trials = Math.max(executor.trials.length, number);
  const reasons = [...new Set(lost.map(({ reason }) => reason))];
  const of = `${count(number)} of ${count(trials)} ${trials === 1 ? 'trial' : 'trials'}`;
  const others = reasons.length === 2 ? '1 other reason' : `${reasons.length - 1} other reasons`;
  const more = reasons.length > 1 ? ` (and ${others})` : '';
  return [
    { label: 'lost', text: `${nameOf(executor)}, ${of}: ${reasons[0] ?? 'no reason recorded'}${more}` },
  ];
}

function failedTasks(executor: ExecutorResult, expected: readonly string[]): Note[] {
  const { issued, failed, cancelled } = executor.outcomes;
  const kinds = Object.entries(failed).filter(([, number]) => number > 0);
  // Those have a line of their own, for all executors.
  if (cancelled === 0 && kinds.every(([kind]) => expected.includes(kind))) return [];
  const parts = kinds.sort(([, a], [, b]) => b - a).map(([kind, number]) => `${count(number)} ${kind}`);
  if (cancelled > 0) parts.push(`${count(cancelled)} cancelled`);
  if (parts.length === 0) return [];
  const total = kinds.reduce((sum, [, number]) => sum + number, cancelled);
  const text = `${nameOf(executor)}, ${count(total)} of ${count(issued)} tasks (${parts.join(', ')}); they never count as done`;
  return [{ label: 'failed', text }];
}

/** Failures that were declared: who met them, and who was spared. */
function expectedFailures({ executors, expectedFailures: kinds }: ScenarioResult): Note[] {
  if (kinds.length === 0) return [];
  const counts = executors.map(executor => ({
    name: nameOf(executor),
    issued: executor.outcomes.issued,
    failed: kinds.reduce((sum, kind) => sum + (executor.outcomes.failed[kind] ?? 0), 0),
  }));
  const met = counts.filter(({ failed }) => failed > 0);
  const spared = counts.filter(({ failed, issued }) => failed === 0 && issued > 0).map(({ name }) => name);
  const parts = [
    ...met.map(({ name, failed, issued }) => `${name} ${count(failed)} of ${count(issued)} tasks`),
    ...(spared.length === 0 ? [] : [`none with ${listed(spared)}`]),
  ];
  return parts.length === 0
    ? []
    : [{ label: 'expected', text: `failures by ${listed(kinds)}: ${parts.join(', ')}` }];
}

function interruption({ stoppedBy, executors }: ScenarioResult): Note[] {
  if (stoppedBy !== 'interrupted') return [];
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const finished = `${forks} ${forks === 1 ? 'fork' : 'forks'}`;
  return [{ label: 'stopped', text: `interrupted after ${finished}; a new run starts anew` }];
}
