import type { Warning } from '../schema/index.js';
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
  }
  for (const [kind, { ids, message }] of failedKinds(executors, expectedFailures))
    warnings.push({
      code: 'failed-tasks',
      message: `${ids.join(', ')}: failed tasks (${kind}), e.g. ${message}`,
    });
  if (droppedTrials > 0) {
    const which = droppedTrials === 1 ? '1 trial does' : `${droppedTrials} trials do`;
    const message = `${which} not count (lost, nothing completed, or counts disagree): such rounds are left out of the ratios`;
    warnings.push({ code: 'dropped-trials', message });
  }
  return warnings;
}

interface FailedKind {
  readonly ids: string[];
  /** Of the first that has one. */
  readonly message: string;
}

/** A kind of failure that several executors met is one. */
function failedKinds(
  executors: readonly ExecutorForks[],
  expectedFailures: readonly string[],
): Map<string, FailedKind> {
  const kinds = new Map<string, FailedKind>();
  for (const { variant, forks } of executors) {
    for (const { kind, message } of forks.flatMap(fork => fork.examples)) {
      if (expectedFailures.includes(kind)) continue;
      const known = kinds.get(kind) ?? { ids: [], message };
      if (!known.ids.includes(variant.id)) known.ids.push(variant.id);
      kinds.set(kind, known);
    }
  }
  return kinds;
}
