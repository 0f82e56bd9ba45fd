import type { Estimate } from '../model.js';
import { type Confidence, estimateForks } from './comparison.js';
import { type HistogramData, LogHistogram } from './histogram.js';

/** Ten samples beyond it make a percentile. */
const BEYOND = 10;

/**
 * A percentile of each fork's trials taken together; null for a fork with fewer samples than it takes (10 ÷ (1 − p):
 * p99 1,000). A mean of the trials' percentiles would be biased, and order statistics of the pool of all forks would take
 * tasks of one process for independent (their intervals cover the truth in about half of the cases).
 *
 * A failed task is worse than any time: a percentile that falls among them is infinite.
 *
 * @param forks of each fork the histograms of its trials
 * @param p 0 … 1
 */
export function forkPercentiles(forks: readonly (readonly HistogramData[])[], p: number): (number | null)[] {
  return forks.map(trials => {
    const histogram = new LogHistogram();
    for (const data of trials) histogram.merge(LogHistogram.fromData(data));
    const samples = histogram.count + histogram.failed;
    return samples * (1 - p) < BEYOND * (1 - Number.EPSILON * 8) ? null : histogram.quantileOfAll(p);
  });
}

/**
 * The typical percentile of a fork and its interval, by Student's t on its logarithm.
 *
 * @returns null where a fork that has trials lacks the samples: what is left would be a selection
 */
export function estimatePercentile(
  forks: readonly (readonly HistogramData[])[],
  p: number,
  confidence: Confidence,
): Estimate | null {
  const values = forkPercentiles(
    forks.filter(trials => trials.length > 0),
    p,
  );
  if (values.length === 0 || !values.every(value => value !== null && Number.isFinite(value))) return null;
  return estimateForks(
    values.map(value => [Math.log(value!)]),
    confidence,
  );
}

/** Whether a fork's percentile falls among its failed tasks: no time that it could be given is bad enough. */
export function isAmongFailed(forks: readonly (readonly HistogramData[])[], p: number): boolean {
  return forkPercentiles(forks, p).includes(Number.POSITIVE_INFINITY);
}
