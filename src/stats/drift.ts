import { FORKS_FOR_INTERVAL, meanOf, standardErrorOf } from './comparison.js';
import { pOfMean } from './student-t.js';

/** Rare on purpose: it is asked of every executor, and a false alarm sends people looking for nothing. */
export const DRIFT_LEVEL = 0.01;

/** What one trial gave. */
export interface RoundValue {
  readonly round: number;
  /** Positive, e.g. a throughput. */
  readonly value: number;
}

export interface Drift {
  /** False is "no drift shown", not "steady". */
  readonly shown: boolean;
  readonly percentPerRound: number;
  /** Forks that have a slope. */
  readonly forks: number;
}

/**
 * Whether values drift from round to round: Student's t over forks on the least-squares slopes of ln(value) within them.
 *
 * @param forks the trials of one executor by fork; rounds may be missing
 * @param level how often drift is shown where there is none
 * @returns null below three forks of two rounds
 */
export function driftOf(forks: readonly (readonly RoundValue[])[], level = DRIFT_LEVEL): Drift | null {
  const slopes = forks.map(logSlope).filter(slope => slope !== null);
  if (slopes.length < FORKS_FOR_INTERVAL) return null;
  const mean = meanOf(slopes);
  const shown = pOfMean(mean, standardErrorOf(slopes), slopes.length - 1) < level;
  return { shown, percentPerRound: Math.expm1(mean) * 100, forks: slopes.length };
}

/** Change of ln(value) a round; null where fewer than two rounds have a logarithm. */
function logSlope(fork: readonly RoundValue[]): number | null {
  const points = fork.filter(({ value }) => value > 0 && Number.isFinite(value));
  if (points.length === 0) return null;
  const meanRound = meanOf(points.map(({ round }) => round));
  let products = 0;
  let squares = 0;
  for (const { round, value } of points) {
    products += (round - meanRound) * Math.log(value);
    squares += (round - meanRound) ** 2;
  }
  return squares === 0 ? null : products / squares;
}
