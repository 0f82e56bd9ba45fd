import type { Finding } from '../schema/index.js';
import type { ExecutorHistory } from './history.js';
import { found, together } from './validity/together.js';

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
