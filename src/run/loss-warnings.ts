import type { Warning } from '../model.js';
import type { ExecutorForks } from './summarise.js';

/** What was lost, failed or left out, with the first example of each. */
export function lossWarnings(
  executors: readonly ExecutorForks[],
  droppedTrials: number,
  expectedFailures: readonly string[],
): Warning[] {
  const warnings: Warning[] = [];
  for (const { variant, forks } of executors) {
    const lost = forks.flatMap(fork => fork.trials).filter(trial => trial.state === 'lost');
    if (lost[0] !== undefined)
      warnings.push({ code: 'lost', message: `${variant.id}: ${lost.length} lost, ${lost[0].reason}` });
    const firstOfKind = new Map(
      forks
        .flatMap(fork => fork.examples)
        .filter(({ kind }) => !expectedFailures.includes(kind))
        .toReversed()
        .map(example => [example.kind, example.message]),
    );
    for (const [kind, message] of firstOfKind)
      warnings.push({
        code: 'failed-tasks',
        message: `${variant.id}: failed tasks (${kind}), e.g. ${message}`,
      });
  }
  if (droppedTrials > 0) {
    const which = droppedTrials === 1 ? '1 trial does' : `${droppedTrials} trials do`;
    const message = `${which} not count (lost, nothing completed, or counts disagree): such rounds are left out of the ratios`;
    warnings.push({ code: 'dropped-trials', message });
  }
  return warnings;
}
