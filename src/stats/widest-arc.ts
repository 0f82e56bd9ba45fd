/** A stretch of a series, and how far its weighted mean is from that of the rest. */
export interface Arc {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The square of that difference in its standard errors. */
  readonly square: number;
}

/**
 * The stretch that differs most from the rest, which are the points before and after it together. Null: none is long enough.
 *
 * @param weights 1 ÷ the square of each standard error
 * @param least points that each part has: those before, within and after, as far as there are any
 * @param which all, or those alone that begin where the series does
 */
export function widestArc(
  values: readonly number[],
  weights: readonly number[],
  least: number,
  which: 'all' | 'from the start' = 'all',
): Arc | null {
  const n = values.length;
  // Sums up to each place; of values around their weighted mean, so that both parts' sums are the same but for the sign.
  const weightTo = new Float64Array(n + 1);
  const momentTo = new Float64Array(n + 1);
  for (let at = 0; at < n; at++) weightTo[at + 1] = weightTo[at]! + weights[at]!;
  const whole = weightTo[n]!;
  let moment = 0;
  for (let at = 0; at < n; at++) moment += values[at]! * weights[at]!;
  const center = moment / whole;
  for (let at = 0; at < n; at++) momentTo[at + 1] = momentTo[at]! + (values[at]! - center) * weights[at]!;
  let [bestFrom, bestTo, square] = [-1, -1, -1];
  const lastFrom = which === 'all' ? n - least : 0;
  for (let from = 0; from <= lastFrom; from = from === 0 ? Math.max(1, least) : from + 1) {
    const first = from + least;
    for (let to = first > n - least ? n : first; to <= n; to = to === n - least ? n : to + 1) {
      if (from === 0 && to === n) continue;
      const inside = weightTo[to]! - weightTo[from]!;
      const difference = momentTo[to]! - momentTo[from]!;
      const far = (difference * difference * whole) / (inside * (whole - inside));
      if (far > square) [bestFrom, bestTo, square] = [from, to, far];
    }
  }
  return bestFrom < 0 ? null : { from: bestFrom, to: bestTo, square };
}
