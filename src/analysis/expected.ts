import type { ExecutorVariant, Scenario } from '../schema/index.js';
import { idealOf, type Resources, type TaskProfile } from './ideal.js';
import { loadRulesOf } from './load-rules.js';

/**
 * What a trial takes beside its wall time: messages, percentiles, a turn of the loop watch. Between one trial's end and the
 * next one's were 15 to 37 ms at the median (noop, http, cpu; batches and 250 ms; limited, queue, piscina; two shared cores).
 */
export const TRIAL_OVERHEAD_MS = 25;

/** What a trial takes at least, ms: by its load, or by the ideal; 0 where nothing is known. */
export function expectedTrialMs(
  scenario: Scenario,
  variant: ExecutorVariant,
  alone: TaskProfile | null,
  resources: Resources,
): number {
  const { plannedTrialMs } = loadRulesOf(scenario);
  if (plannedTrialMs !== null) return plannedTrialMs;
  const ideal = idealOf(scenario, variant, alone, resources, null);
  return ideal === null ? 0 : (scenario.tasks! / ideal.perSecond) * 1_000;
}

/** A trial that takes longer, and longer than the whole budget, is one that nobody wants to wait for. */
const LONGEST_TRIAL_MS = 300_000;

/**
 * Executors of which a single trial would take longer than all that was allowed, with the time it would take in ms: one
 * by one through 100,000 waits. They are left out, and said to be. Nobody is where all are.
 *
 * By the length of a task alone: the CPU time of the few tasks that were measured is that of code which is not yet warm.
 */
export function tooLong(scenario: Scenario, alone: TaskProfile | null): ReadonlyMap<string, number> {
  const { executors, tasks, measurement } = scenario;
  if (loadRulesOf(scenario).plannedTrialMs !== null || alone === null) return new Map();
  const most = Math.max(LONGEST_TRIAL_MS, measurement.budgetMs);
  const expected = executors.map(
    variant => [variant.id, Math.ceil(tasks! / atOnce(variant, alone)) * alone.serviceMs] as const,
  );
  const long = expected.filter(([, ms]) => ms > most);
  return new Map(long.length === expected.length ? [] : long);
}

/** Tasks that take their time side by side: those that do nothing but hold their thread, one on each. */
function atOnce({ concurrency, threads }: ExecutorVariant, { parts }: TaskProfile): number {
  const holds = parts != null && parts.blocksMs > parts.waitsMs;
  return holds ? Math.min(concurrency, threads) : concurrency;
}
