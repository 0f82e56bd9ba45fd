/** Student's t distribution, exact to about 1e-12. */
import { incompleteBeta } from './beta.js';

/** Probability that |T| ≥ |t|: I_{df/(df+t²)}(df/2, 1/2) (Abramowitz & Stegun, 26.7.1). */
export function tTwoSidedP(t: number, df: number): number {
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  return incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5);
}

/**
 * Two-sided, of the hypothesis that a mean is 0. Equal values (a scripted clock, or a coarse one) leave no doubt either way.
 */
export function pOfMean(mean: number, standardError: number, df: number): number {
  if (standardError === 0) return mean === 0 ? 1 : 0;
  return tTwoSidedP(mean / standardError, df);
}

const quantiles = new Map<string, number>();

/**
 * The t below which a share p of the distribution lies, by bisection of `tTwoSidedP`; remembered, as few are ever
 * asked for.
 *
 * @param p in (0, 1)
 * @param df degrees of freedom, ≥ 1
 */
export function tQuantile(p: number, df: number): number {
  const key = `${p} ${df}`;
  const t = quantiles.get(key) ?? (p < 0.5 ? -solveUpper(p, df) : solveUpper(1 - p, df));
  quantiles.set(key, t);
  return t;
}

/** The t above which a share `tail` ≤ 0.5 lies. */
function solveUpper(tail: number, df: number): number {
  let low = 0;
  let high = 1;
  while (tTwoSidedP(high, df) > 2 * tail) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (tTwoSidedP(middle, df) > 2 * tail) low = middle;
    else high = middle;
  }
}
