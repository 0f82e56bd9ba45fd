import type { Distribution } from '../schema/index.js';

declare const sorted: unique symbol;

/** Samples in ascending order: the only kind that a quantile can be taken of. */
export type Sorted = Float64Array & { readonly [sorted]: true };

/** Samples that a percentile needs: ten beyond it, and of a median on each side. p50 20, p90 100, p99 1,000, p99.9 10,000. */
export function samplesFor(p: number): number {
  return Math.ceil((10 / (1 - p)) * (1 - 8 * Number.EPSILON));
}

export const SAMPLES_FOR_MEDIAN = samplesFor(0.5);
export const SAMPLES_FOR_P99 = samplesFor(0.99);
const SAMPLES_FOR_P999 = samplesFor(0.999);

/** Sorts in place. */
export function sortSamples(values: Float64Array): Sorted {
  return values.sort() as Sorted;
}

/**
 * Nearest rank: the smallest sample that at least p·n of the samples do not exceed, always a value that was measured
 * (the definition of HdrHistogram and wrk2; definition 1 of Hyndman & Fan, 1996).
 *
 * @param p 0 … 1
 * @throws RangeError when there are no samples
 */
export function quantile(samples: Sorted, p: number): number {
  if (samples.length === 0) throw new RangeError('A quantile needs at least one sample');
  return samples[rankOf(p, samples.length) - 1]!;
}

/** 1 … count. A product such as 0.07 × 100 = 7.000000000000001 must not become the next rank. */
export function rankOf(p: number, count: number): number {
  return Math.min(count, Math.max(1, Math.ceil(p * count * (1 - 2 * Number.EPSILON))));
}

/** A distribution with the percentiles that its count allows; all null when empty. */
export function describe(samples: Sorted, failed = 0): Distribution {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]!;
  return distributionOf({
    count: samples.length,
    min: samples[0] ?? 0,
    max: samples[samples.length - 1] ?? 0,
    sum,
    failed,
    quantile: p => quantile(samples, p),
  });
}

/** What a distribution is made of; `quantile` is not called when `count` is 0. */
export interface Moments {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  /** Tasks that have no time, since they failed. */
  readonly failed?: number;
  quantile(p: number): number;
}

export function distributionOf({ count, min, max, sum, quantile, failed = 0 }: Moments): Distribution {
  const others = failed > 0 ? { failed } : {};
  if (count === 0) {
    return {
      count,
      ...others,
      min: null,
      mean: null,
      p50: null,
      p90: null,
      p99: null,
      p999: null,
      max: null,
    };
  }
  return {
    count,
    ...others,
    min,
    // A rounded sum of equal samples can end beside them.
    mean: Math.min(max, Math.max(min, sum / count)),
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: count < SAMPLES_FOR_P99 ? null : quantile(0.99),
    p999: count < SAMPLES_FOR_P999 ? null : quantile(0.999),
    max,
  };
}

/** The middle value, or the mean of the two in the middle; null when empty. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const ascending = values.toSorted((a, b) => a - b);
  const middle = (values.length - 1) / 2;
  const below = ascending[Math.floor(middle)]!;
  return below + (ascending[Math.ceil(middle)]! - below) / 2;
}

/** Of those that are known; null when none is. */
export function medianOfKnown(values: readonly (number | null)[]): number | null {
  return median(values.filter(value => value !== null));
}
