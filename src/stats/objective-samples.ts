import type { Predicate, PredicateMetric } from '../schema/index.js';
import { samplesFor } from './quantile.js';

export const PERCENTILES: Partial<Record<PredicateMetric, number>> = {
  p50: 0.5,
  p90: 0.9,
  p99: 0.99,
  'p99.9': 0.999,
};

/** Tasks that each trial of a fork needs for the percentiles of an objective; 0: any number does. */
export function tasksForObjective(slo: readonly Predicate[], rounds: number): number {
  const needed = slo.map(({ metric }) => {
    const p = PERCENTILES[metric];
    return p === undefined ? 0 : samplesFor(p);
  });
  return Math.ceil(Math.max(0, ...needed) / rounds);
}
