import type { DigestMismatch, Scenario } from '../schema/index.js';
import type { Confidence } from '../stats/comparison.js';
import type { ExecutorHistory } from './history.js';
import { summariseExecutor } from './summarise.js';
import { isAnswered, isInvalid, judgeVariants } from './validity/variants.js';

/** Only the words of a reason and the ideal depend on the machine: neither is used here. */
const ANY_MACHINE = { cores: 1, uvThreads: null } as const;

/**
 * Ids of the executors that are INVALID beside others that are not: in no ratio, no correction, and no reason to go on.
 * Nobody is where the whole scenario is INVALID. Pure.
 */
export function unfitOf(
  scenario: Scenario,
  forks: readonly ExecutorHistory[],
  mismatches: readonly DigestMismatch[],
  confidence: Confidence,
): ReadonlySet<string> {
  const summarised = forks.map(executor =>
    summariseExecutor(scenario, executor, {
      alone: null,
      resources: ANY_MACHINE,
      confidence,
      settledTasks: null,
    }),
  );
  const evidence = { scenario, executors: summarised, mismatches, machine: ANY_MACHINE };
  const executors = judgeVariants(evidence);
  if (!isAnswered({ ...evidence, executors })) return new Set();
  return new Set(executors.filter(isInvalid).map(({ variant: { id } }) => id));
}
