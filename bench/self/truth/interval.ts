import { meanOf, standardErrorOf } from '../../../src/stats/comparison.js';
import { tQuantile } from '../../../src/stats/student-t.js';

/** A ratio with its 95 % interval. */
export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Student's t on log ratios, one a pair of processes.
 *
 * @param logRatios at least two
 */
export function intervalOf(logRatios: readonly number[]): RatioInterval {
  const center = meanOf(logRatios);
  const reach = tQuantile(0.975, logRatios.length - 1) * standardErrorOf(logRatios);
  return { ratio: Math.exp(center), low: Math.exp(center - reach), high: Math.exp(center + reach) };
}

/**
 * A ÷ B of two ratios that were measured apart, with its interval: on logarithms, each side reaches as far as the
 * square root of the sum of the squares of the two sides it is made of (the method of variance estimates recovery, Zou &
 * Donner, 2008). Each interval keeps the quantile of its own degrees of freedom, as in Welch's test, and what is
 * judged is what both print.
 */
export function quotient(a: RatioInterval, b: RatioInterval): RatioInterval {
  const log = Math.log(a.ratio / b.ratio);
  const below = Math.hypot(Math.log(a.ratio / a.low), Math.log(b.high / b.ratio));
  const above = Math.hypot(Math.log(a.high / a.ratio), Math.log(b.ratio / b.low));
  return { ratio: Math.exp(log), low: Math.exp(log - below), high: Math.exp(log + above) };
}

/** The interval of their difference, on logarithms, holds 0. */
export function agree(a: RatioInterval, b: RatioInterval): boolean {
  const { low, high } = quotient(a, b);
  return low <= 1 && high >= 1;
}
