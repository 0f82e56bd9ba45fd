import type { Finding } from '../schema/index.js';
import type { ExecutorHistory } from './history.js';

/** What was lost, failed or left out, with the first example of each. */
export function lossFindings(
  executors: readonly ExecutorHistory[],
  droppedTrials: number,
  expectedFailures: readonly string[],
): Finding[] {
  const lost = executors.flatMap(({ variant, forks }): Finding[] => {
    const trials = forks.flatMap(fork => fork.trials).filter(trial => trial.state === 'lost');
    const [first] = trials;
    if (first === undefined) return [];
    const values = { trials: trials.length, reason: first.reason };
    return [{ code: 'lost', severity: 'note', subjects: [variant.id], values }];
  });
  const failed = [...failedKinds(executors, expectedFailures)].map(
    ([kind, { ids, example }]): Finding => ({
      code: 'failed-tasks',
      severity: 'note',
      subjects: ids,
      values: { kind, example },
    }),
  );
  const values = { trials: droppedTrials };
  const dropped: Finding = { code: 'dropped-trials', severity: 'note', subjects: [], values };
  return [...lost, ...failed, ...(droppedTrials > 0 ? [dropped] : [])];
}

interface FailedKind {
  readonly ids: string[];
  /** Of the first that has one. */
  readonly example: string;
}

/** A kind of failure that several executors met is one. */
function failedKinds(
  executors: readonly ExecutorHistory[],
  expectedFailures: readonly string[],
): Map<string, FailedKind> {
  const kinds = new Map<string, FailedKind>();
  for (const { variant, forks } of executors) {
    for (const { kind, message } of forks.flatMap(fork => fork.examples)) {
      if (expectedFailures.includes(kind)) continue;
      const known = kinds.get(kind) ?? { ids: [], example: message };
      if (!known.ids.includes(variant.id)) known.ids.push(variant.id);
      kinds.set(kind, known);
    }
  }
  return kinds;
}
