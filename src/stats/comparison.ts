import type { Estimate } from '../schema/index.js';
import { pOfMean, tQuantile } from './student-t.js';

export { USUAL_FORKS } from '../schema/constants.js';

/** Whether the number of forks was decided while looking at the precision, or beforehand. */
export type Confidence = 'stopping' | 'fixed';

/** Looking after every fork costs coverage; the wider quantile pays it back to 95 % (chosen by simulation). */
export const QUANTILE: Readonly<Record<Confidence, number>> = { stopping: 0.985, fixed: 0.975 };

/** Below this many forks there is a range and no interval. */
export const FORKS_FOR_INTERVAL = 3;
/** Cut from each end. */
const TRIMMED_SHARE = 0.2;

/** A ratio of throughputs as its forks have it; an interval and a p only from three forks on. */
export interface ForkComparison {
  /** Null when no fork has a ratio. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Smallest and largest ratio of a fork. */
  readonly range: readonly [number, number] | null;
  readonly forks: number;
  /** Two-sided, of the hypothesis that the ratio is 1. */
  readonly p: number | null;
  /** One per fork that has a ratio. */
  readonly forkLogRatios: readonly number[];
  /** Half the width of the interval of ln(ratio): compare with ln(1 + precision). */
  readonly halfWidthLog: number | null;
  /**
   * The smallest |ln(ratio)| within which the two are shown to be equal: the farther end of the t(0.975) interval.
   * Compare with ln(1 + δ).
   */
  readonly equalWithinLog: number | null;
}

/**
 * Student's t on the forks' trimmed mean log ratios.
 *
 * @param logRatios by fork and round: ln(throughput of the executor ÷ that of the baseline), both of the same round.
 *   Forks weigh the same, however many rounds they have; empty ones are left out, and so is a value that is not
 *   finite (a trial that completed nothing has no logarithm).
 * @param stepLog what ln(ratio) may be off, in all forks alike: the interval is no narrower than that to either side, and
 *   a difference that is no larger is none
 */
export function compareForks(
  logRatios: readonly (readonly number[])[],
  confidence: Confidence,
  stepLog = 0,
): ForkComparison {
  const perFork = typicalOfForks(logRatios);
  const forks = perFork.length;
  const spread = spreadOf(perFork, confidence, stepLog);
  const { median: ratio, low, high } = estimateOf(perFork, spread);
  const center = meanOf(perFork);
  return {
    ratio,
    low,
    high,
    range: forks === 0 ? null : [Math.exp(Math.min(...perFork)), Math.exp(Math.max(...perFork))],
    forks,
    p: spread && pOfMean(center, spread.standardError, forks - 1),
    forkLogRatios: perFork,
    halfWidthLog: spread?.halfWidth ?? null,
    equalWithinLog: spread && Math.abs(center) + tQuantile(QUANTILE.fixed, forks - 1) * spread.standardError,
  };
}

/** The same ratio and its interval the other way round. */
export function inverse<T extends Pick<ForkComparison, 'ratio' | 'low' | 'high' | 'range'>>(of: T): T {
  const { ratio, low, high, range } = of;
  return {
    ...of,
    ratio: ratio === null ? null : 1 / ratio,
    low: high === null ? null : 1 / high,
    high: low === null ? null : 1 / low,
    range: range === null ? null : [1 / range[1], 1 / range[0]],
  };
}

/**
 * The typical value of something positive (throughput, wall time, a percentile of the pooled trials of a fork), and
 * its interval, by the same method.
 *
 * @param logValues by fork and trial: ln(value)
 * @param stepLog as in `compareForks`
 */
export function estimateForks(
  logValues: readonly (readonly number[])[],
  confidence: Confidence,
  stepLog = 0,
): Estimate {
  const perFork = typicalOfForks(logValues);
  return estimateOf(perFork, spreadOf(perFork, confidence, stepLog));
}

/** Of the mean of the forks. */
interface Spread {
  readonly standardError: number;
  readonly halfWidth: number;
}

/** One value per fork that has any. */
function typicalOfForks(logs: readonly (readonly number[])[]): number[] {
  return logs
    .map(fork => fork.filter(Number.isFinite))
    .filter(finite => finite.length > 0)
    .map(trimmedMean);
}

function spreadOf(perFork: readonly number[], confidence: Confidence, stepLog: number): Spread | null {
  if (perFork.length < FORKS_FOR_INTERVAL) return null;
  const quantile = tQuantile(QUANTILE[confidence], perFork.length - 1);
  const standardError = Math.max(standardErrorOf(perFork), stepLog / quantile);
  return { standardError, halfWidth: quantile * standardError };
}

function estimateOf(perFork: readonly number[], spread: Spread | null): Estimate {
  if (perFork.length === 0) return { median: null, low: null, high: null };
  const center = meanOf(perFork);
  return {
    median: Math.exp(center),
    low: spread && Math.exp(center - spread.halfWidth),
    high: spread && Math.exp(center + spread.halfWidth),
  };
}

/**
 * The mean without the smallest and largest 20 %, at least one of each from three values on: of three it is the
 * median (`rob` in the method's description; Tukey & McLaughlin, 1963).
 *
 * @throws RangeError when there are no values
 */
export function trimmedMean(values: readonly number[]): number {
  const n = values.length;
  if (n === 0) throw new RangeError('A trimmed mean needs at least one value');
  const ascending = values.toSorted((a, b) => a - b);
  const cut = n < 3 ? 0 : Math.max(1, Math.floor(TRIMMED_SHARE * n));
  let sum = 0;
  for (let i = cut; i < n - cut; i++) sum += ascending[i]!;
  return sum / (n - 2 * cut);
}

export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Of the mean; at least two values. */
export function standardErrorOf(values: readonly number[]): number {
  return standardDeviationOf(values) / Math.sqrt(values.length);
}

/** Of a sample; at least two values. Zero for equal values, whatever the rounding of their mean. */
export function standardDeviationOf(values: readonly number[]): number {
  if (values.every(value => value === values[0])) return 0;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
