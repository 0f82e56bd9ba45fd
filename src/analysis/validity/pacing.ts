import type { ExecutorResult, Finding, Machine } from '../../schema/index.js';
import { type Found, found, together } from './together.js';

/** Lateness below this does not matter to anybody who reads milliseconds. */
const HARMLESS_MS = 1;
/** Share of a percentile of latency that the same percentile of the pacer's lateness may be. */
const HARMLESS_SHARE = 0.1;
const PERCENTILES = ['p99', 'p90', 'p50'] as const;

/**
 * A pacer that released tasks late measured itself: percentile by percentile, over the tasks of all counted trials, its
 * lateness must be small beside the latency that it is part of. A late loop is no fault, it is the result.
 */
export function pacerFindings(
  { variant, arrivals, latencyMs }: Pick<ExecutorResult, 'variant' | 'arrivals' | 'latencyMs'>,
  { cores }: Pick<Machine, 'cores'>,
): Found[] {
  if (arrivals === null) return [];
  const { id, capabilities, threads } = variant;
  for (const percentile of PERCENTILES) {
    const pacerLateMs = arrivals.pacerLateMs[percentile] ?? 0;
    const allowedMs = Math.max(HARMLESS_MS, HARMLESS_SHARE * (latencyMs[percentile] ?? 0));
    if (pacerLateMs <= allowedMs) continue;
    // The pacer wants a core now and then: only an executor that takes all of them can leave it one.
    const fillsCores = capabilities.workers && threads >= cores && cores >= 2;
    const workers = capabilities.sharesMemory ? ('threads' as const) : ('processes' as const);
    const fillsCoresWith = fillsCores ? workers : null;
    const values = { percentile, pacerLateMs, allowedMs, fillsCoresWith, cores };
    return [found('pacer-late', 'invalid', id, values, pacerLateMs / allowedMs)];
  }
  return [];
}

/** The executors that did not keep up with the schedule: a result, no fault of the measurement. */
export function overloadFindings(executors: readonly ExecutorResult[]): Finding[] {
  return together(
    executors.flatMap(({ variant: { id }, arrivals }): Found[] => {
      if (arrivals === null || !arrivals.overloaded) return [];
      const [, backlogFrom = 0, , backlogTo = 0] = arrivals.backlogByQuarter;
      const values = { backlogFrom, backlogTo };
      return [found('overloaded', 'note', id, values, backlogTo - backlogFrom)];
    }),
  );
}
