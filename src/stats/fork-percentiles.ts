import type { Estimate, HistogramData } from '../schema/index.js';
import { type Confidence, estimateForks, meanOf } from './comparison.js';
import { type BucketedQuantile, LogHistogram } from './histogram.js';
import { samplesFor } from './quantile.js';

/**
 * A percentile of each fork's trials taken together; null for a fork with fewer samples than it takes. A mean of the trials' percentiles would be biased, and order statistics of the pool of all forks would take
 * tasks of one process for independent (their intervals cover the truth in about half of the cases).
 *
 * A failed task is worse than any time: a percentile that falls among them is infinite.
 *
 * @param forks of each fork the histograms of its trials
 * @param p 0 … 1
 */
export function forkPercentiles(forks: readonly (readonly HistogramData[])[], p: number): (number | null)[] {
  return bucketedPercentiles(forks, p).map(found => found?.value ?? null);
}

function bucketedPercentiles(
  forks: readonly (readonly HistogramData[])[],
  p: number,
): (BucketedQuantile | null)[] {
  return forks.map(trials => {
    const histogram = LogHistogram.fromData(...trials);
    const isEnough = histogram.count + histogram.failed >= samplesFor(p);
    return isEnough ? histogram.unbiasedQuantile(p) : null;
  });
}

/**
 * The typical percentile of a fork and its interval, by Student's t on its logarithm; never narrower than the buckets
 * that the percentiles lie in.
 *
 * @returns null where a fork that has trials lacks the samples: what is left would be a selection
 */
export function estimatePercentile(
  forks: readonly (readonly HistogramData[])[],
  p: number,
  confidence: Confidence,
): Estimate | null {
  const found = bucketedPercentiles(
    forks.filter(trials => trials.length > 0),
    p,
  );
  const known = found.filter((one): one is BucketedQuantile => one !== null && Number.isFinite(one.value));
  if (known.length === 0 || known.length < found.length) return null;
  return estimateForks(
    known.map(({ value }) => [Math.log(value)]),
    confidence,
    toBoundsLog(known),
  );
}

/** From the typical value to the farther of the typical bounds. Below a nanosecond there is no logarithm, nor an interval. */
function toBoundsLog(percentiles: readonly BucketedQuantile[]): number {
  const positive = percentiles.filter(({ low }) => low > 0);
  if (positive.length === 0) return 0;
  const down = meanOf(positive.map(({ value, low }) => Math.log(value / low)));
  const up = meanOf(positive.map(({ value, high }) => Math.log(high / value)));
  return Math.max(down, up);
}

/** Whether a fork's percentile falls among its failed tasks: no time that it could be given is bad enough. */
export function isAmongFailed(forks: readonly (readonly HistogramData[])[], p: number): boolean {
  return forkPercentiles(forks, p).includes(Number.POSITIVE_INFINITY);
}
