import { standardDeviationOf } from './comparison.js';
import { tQuantile } from './student-t.js';

export interface WidthSoFar {
  /** That the interval was made of. */
  readonly forks: number;
  /** Of ln(ratio). */
  readonly halfWidthLog: number;
  /** ln(1 + precision). */
  readonly wantedLog: number;
}

/**
 * Forks that make an interval as narrow as wanted: its half-width shrinks with √forks, so forks × (half-width ÷ wanted)².
 * Student's quantile shrinks as well, which is left as a reserve: the spread of a few forks is not known well.
 */
export function forksForPrecision({ forks, halfWidthLog, wantedLog }: WidthSoFar): number {
  if (halfWidthLog <= wantedLog) return forks;
  return Math.ceil(forks * (halfWidthLog / wantedLog) ** 2);
}

export interface BudgetRequest {
  /** Spent in all, what comes before the first fork included. */
  readonly elapsedMs: number;
  readonly forkDurationsMs: readonly number[];
  /** What a fork would take more if its rounds were not cut by the budget: with a larger one they are not. */
  readonly cutMsPerFork: number;
  readonly forksNeeded: number;
}

/** Forks are not all alike, and the next one must be expected to fit. */
const RESERVE = 1.1;

/** The budget in which so many forks fit, from what the forks so far took; null before the first. */
export function budgetForPrecision(asked: BudgetRequest): number | null {
  const { elapsedMs, forkDurationsMs, cutMsPerFork, forksNeeded } = asked;
  if (forkDurationsMs.length === 0) return null;
  const inForksMs = forkDurationsMs.reduce((sum, ms) => sum + ms, 0);
  const forkMs = inForksMs / forkDurationsMs.length + cutMsPerFork;
  return Math.max(0, elapsedMs - inForksMs) + forksNeeded * forkMs * RESERVE;
}

/** More are not proposed: what lies so near a bound is on it. */
const MOST_FORKS = 1_000;
const QUANTILE = 0.975;

/** Forks that would tell a ratio from a bound at this distance, if it stays where it is; null: it lies on the bound. */
export function forksToDecide(width: WidthSoFar): number | null {
  const forks = width.wantedLog > 0 ? forksForPrecision(width) + 1 : Number.POSITIVE_INFINITY;
  return forks <= MOST_FORKS ? forks : null;
}

/**
 * Forks that would tell a change between two runs (Welch) from a bound, if it stays where it is: of the later run alone, or,
 * where the earlier one leaves more open than that, of both. Null: it lies on the bound.
 *
 * @param a one log ratio per fork of the earlier run, at least two
 * @param b of the later
 * @param distanceLog between ln(change) and ln(bound)
 */
export function forksForChange(
  a: readonly number[],
  b: readonly number[],
  distanceLog: number,
): { readonly forks: number; readonly inBoth: boolean } | null {
  const [varianceA, varianceB] = [a, b].map(values => standardDeviationOf(values) ** 2) as [number, number];
  const quantile = tQuantile(QUANTILE, Math.min(a.length, b.length) - 1);
  const wanted = (distanceLog / quantile) ** 2;
  const both = Math.ceil((varianceA + varianceB) / wanted) + 1;
  const left = wanted - varianceA / a.length;
  const later = left > 0 ? Math.ceil(varianceB / left) + 1 : Number.POSITIVE_INFINITY;
  const needed = later <= 2 * both ? { forks: later, inBoth: false } : { forks: both, inBoth: true };
  return needed.forks <= MOST_FORKS ? needed : null;
}
