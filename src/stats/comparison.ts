import type { Estimate } from '../schema/index.js';
import { trimmedMean } from './robust.js';
import { tQuantile, tTwoSidedP } from './student-t.js';

/** Whether the number of forks was decided while looking at the precision, or beforehand. */
export type Confidence = 'stopping' | 'fixed';

/** Looking after every fork costs coverage; the wider quantile pays it back to 95 % (chosen by simulation). */
export const QUANTILE: Readonly<Record<Confidence, number>> = { stopping: 0.985, fixed: 0.975 };

/** Below this many forks there is a range and no interval. */
export const FORKS_FOR_INTERVAL = 3;
/** Fewer make wide intervals. */
export const USUAL_FORKS = 5;

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
  const { center, halfWidth, standardError, perFork } = overForks(logRatios, confidence, stepLog);
  const forks = perFork.length;
  return {
    ratio: center === null ? null : Math.exp(center),
    low: center === null || halfWidth === null ? null : Math.exp(center - halfWidth),
    high: center === null || halfWidth === null ? null : Math.exp(center + halfWidth),
    range: forks === 0 ? null : [Math.exp(Math.min(...perFork)), Math.exp(Math.max(...perFork))],
    forks,
    p: center === null || standardError === null ? null : pOf(center, standardError, forks),
    forkLogRatios: perFork,
    halfWidthLog: halfWidth,
    equalWithinLog:
      center === null || standardError === null
        ? null
        : Math.abs(center) + tQuantile(QUANTILE.fixed, forks - 1) * standardError,
  };
}

/** The same comparison the other way round. */
export function inverse(comparison: ForkComparison): ForkComparison {
  const { ratio, low, high, range, forkLogRatios } = comparison;
  return {
    ...comparison,
    ratio: ratio === null ? null : 1 / ratio,
    low: high === null ? null : 1 / high,
    high: low === null ? null : 1 / low,
    range: range === null ? null : [1 / range[1], 1 / range[0]],
    forkLogRatios: forkLogRatios.map(value => -value),
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
  const { center, halfWidth } = overForks(logValues, confidence, stepLog);
  if (center === null) return { median: null, low: null, high: null };
  if (halfWidth === null) return { median: Math.exp(center), low: null, high: null };
  return {
    median: Math.exp(center),
    low: Math.exp(center - halfWidth),
    high: Math.exp(center + halfWidth),
  };
}

interface OverForks {
  readonly center: number | null;
  readonly standardError: number | null;
  readonly halfWidth: number | null;
  readonly perFork: readonly number[];
}

function overForks(logs: readonly (readonly number[])[], confidence: Confidence, stepLog: number): OverForks {
  const perFork: number[] = [];
  for (const fork of logs) {
    const finite = fork.filter(Number.isFinite);
    if (finite.length > 0) perFork.push(trimmedMean(finite));
  }
  const n = perFork.length;
  if (n === 0) return { center: null, standardError: null, halfWidth: null, perFork };
  const center = meanOf(perFork);
  if (n < FORKS_FOR_INTERVAL) return { center, standardError: null, halfWidth: null, perFork };
  const quantile = tQuantile(QUANTILE[confidence], n - 1);
  const standardError = Math.max(standardErrorOf(perFork), stepLog / quantile);
  return { center, standardError, halfWidth: quantile * standardError, perFork };
}

/** Equal forks (a scripted clock, or a coarse one) leave no doubt either way. */
function pOf(center: number, standardError: number, forks: number): number {
  if (standardError === 0) return center === 0 ? 1 : 0;
  return tTwoSidedP(center / standardError, forks - 1);
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
