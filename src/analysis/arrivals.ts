import type { ArrivalSummary, HistogramData, MeasuredTrial } from '../schema/index.js';
import { median } from '../stats/quantile.js';
import { pooled } from './history.js';

/**
 * How an executor kept up with a schedule, over its counted trials; null where there was none.
 *
 * @param lateness of the pacer in each of the trials
 */
export function summariseArrivals(
  trials: readonly MeasuredTrial[],
  lateness: readonly (HistogramData | null)[],
): ArrivalSummary | null {
  const arrivals = trials.map(trial => trial.arrivals).filter(figures => figures !== null);
  if (arrivals.length === 0) return null;
  const sum = (of: (figures: (typeof arrivals)[number]) => number) =>
    arrivals.reduce((total, figures) => total + of(figures), 0);
  const overloadedTrials = sum(({ overloaded }) => (overloaded ? 1 : 0));
  const quarters = arrivals[0]!.backlogByQuarter;
  return {
    due: sum(({ due }) => due),
    unfinished: sum(({ unfinished }) => unfinished),
    pacerLateMs: pooled(lateness.filter(data => data !== null)),
    backlogByQuarter: quarters.map(
      (_, at) => median(arrivals.map(figures => figures.backlogByQuarter[at]!)) ?? 0,
    ),
    overloaded: overloadedTrials * 2 > arrivals.length,
  };
}
