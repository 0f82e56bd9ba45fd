import { FORKS_FOR_INTERVAL, meanOf, standardErrorOf } from './comparison.js';
import { pOfMean, tQuantile } from './student-t.js';

const QUANTILE = 0.975;

/** How a ratio changed from one run to another. */
export interface RunComparison {
  /** e^(mean of B − mean of A): above 1 the rival gained on the baseline. Null when a run has no fork. */
  readonly ratio: number | null;
  /** The 95 % interval; null below three forks in either run. */
  readonly low: number | null;
  readonly high: number | null;
  /** Welch and Satterthwaite's degrees of freedom, fractional. */
  readonly degreesOfFreedom: number | null;
  /** Two-sided, of the hypothesis that nothing changed. */
  readonly p: number | null;
}

/**
 * Compares two saved runs by Welch's t-test (Welch, 1947) on their forks' values of ln(rival ÷ common baseline), each
 * baseline measured in its own run: a machine that was slower on the second day was so for both. Raw throughputs of two
 * runs must not be compared: with a machine that moved by 5 % their intervals cover the truth in 30 to 82 % only.
 *
 * What it finds is a difference "between these runs"; whether the code made it is not in the figures.
 *
 * @param a one log ratio per fork (`Comparison.forkLogRatios`) of the earlier run
 * @param b of the later run
 * @param stepLog what the change may be off in all forks alike: the interval is no narrower than that to either side
 */
export function compareRuns(a: readonly number[], b: readonly number[], stepLog = 0): RunComparison {
  const nothing = { ratio: null, low: null, high: null, degreesOfFreedom: null, p: null };
  if (a.length === 0 || b.length === 0) return nothing;
  const change = meanOf(b) - meanOf(a);
  const ratio = Math.exp(change);
  if (Math.min(a.length, b.length) < FORKS_FOR_INTERVAL) return { ...nothing, ratio };
  const squareA = standardErrorOf(a) ** 2;
  const squareB = standardErrorOf(b) ** 2;
  const spread = Math.sqrt(squareA + squareB);
  const degreesOfFreedom =
    spread === 0
      ? a.length + b.length - 2
      : (squareA + squareB) ** 2 / (squareA ** 2 / (a.length - 1) + squareB ** 2 / (b.length - 1));
  const quantile = tQuantile(QUANTILE, degreesOfFreedom);
  const standardError = Math.max(spread, stepLog / quantile);
  const reach = quantile * standardError;
  return {
    ratio,
    low: Math.exp(change - reach),
    high: Math.exp(change + reach),
    degreesOfFreedom,
    p: pOfMean(change, standardError, degreesOfFreedom),
  };
}
