const HALVINGS = 12;

/**
 * A point at which a function of several numbers is at its least, nearby: a step along each axis either way, and half the
 * step where none is better (Hooke & Jeeves 1961). Takes no derivative, so that the function may have edges.
 *
 * @param steps the first ones, one for each axis
 */
export function patternSearch(
  start: readonly number[],
  steps: readonly number[],
  valueOf: (point: readonly number[]) => number,
): readonly number[] {
  let best: readonly number[] = start;
  let least = valueOf(best);
  let scale = 1;
  for (let halvings = 0; halvings < HALVINGS; ) {
    const before = least;
    for (const axis of steps.keys()) {
      for (const sign of [1, -1]) {
        const next = best.with(axis, best[axis]! + sign * scale * steps[axis]!);
        const value = valueOf(next);
        if (value >= least) continue;
        best = next;
        least = value;
        break;
      }
    }
    if (least < before) continue;
    scale /= 2;
    halvings++;
  }
  return best;
}
