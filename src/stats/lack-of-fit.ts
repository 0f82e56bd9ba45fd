import { incompleteBeta } from './beta.js';
import { meanOf } from './comparison.js';

/** Where a curve is farthest from what was measured. */
export interface Misfit {
  /** Index into the points of the curve. */
  readonly at: number;
  /** What was measured there ÷ the curve − 1. */
  readonly share: number;
}

/** Chance that a curve that fits is called one that does not. */
const SIGNIFICANCE = 0.01;
/** Less is no news, however surely it is known. */
const LEAST_SHARE = 0.05;

/**
 * Whether a curve through logarithms does not fit: the distances of the means from it are more than chance over forks allows
 * (F test of the lack of fit against the pure error), and one of them is more than 5 %. A fork that is faster or slower at
 * every point alike says nothing of the shape: its level is taken out. Pure.
 *
 * @param logs by fork, and in it by point
 * @param curve logarithms by point
 * @param parameters of the curve that were fitted
 * @returns null: it fits, for all that is known
 */
export function lackOfFit(
  logs: readonly (readonly number[])[],
  curve: readonly number[],
  parameters: number,
): Misfit | null {
  const [forks, points] = [logs.length, curve.length];
  const freedom = points - parameters;
  const pureFreedom = (forks - 1) * (points - 1);
  if (freedom < 1 || pureFreedom < 1) return null;
  const means = curve.map((_, at) => meanOf(logs.map(fork => fork[at]!)));
  const left = means.map((mean, at) => mean - curve[at]!);
  const at = left.reduce((worst, one, index) => (Math.abs(one) > Math.abs(left[worst]!) ? index : worst), 0);
  const share = Math.expm1(left[at]!);
  if (Math.abs(share) < LEAST_SHARE) return null;
  const lack = (forks * sumOfSquares(left)) / freedom;
  const pure = sumOfSquares(logs.flatMap(fork => withoutLevel(fork, means))) / pureFreedom;
  return chanceOfMore(lack / pure, freedom, pureFreedom) < SIGNIFICANCE ? { at, share } : null;
}

function withoutLevel(fork: readonly number[], means: readonly number[]): number[] {
  const level = meanOf(fork) - meanOf(means);
  return fork.map((log, at) => log - means[at]! - level);
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}

/** P(F > f) with these degrees of freedom; of no pure error at all 0. */
function chanceOfMore(f: number, freedom: number, pureFreedom: number): number {
  if (!Number.isFinite(f)) return 0;
  const x = pureFreedom / (pureFreedom + freedom * f);
  return incompleteBeta(x, (freedom * f) / (pureFreedom + freedom * f), pureFreedom / 2, freedom / 2);
}
