const HALVINGS = 8;
/** What is less better than that, as a share, is no way on: a long flat valley is not walked to its end. */
const WORTH = 1e-3;

/**
 * A point at which a positive function of several numbers is at its least, nearby: a step along each axis either way, once
 * more as far where that was better, and half the step where none is (Hooke & Jeeves 1961). Takes no derivative, so that
 * the function may have edges.
 *
 * @param steps the first ones, one for each axis
 */
export function patternSearch(
  start: readonly number[],
  steps: readonly number[],
  lossOf: (point: readonly number[]) => number,
): readonly number[] {
  let base = { point: start, value: lossOf(start) };
  for (let halvings = 0, scale = 1; halvings < HALVINGS; ) {
    const next = around(base, steps, scale, lossOf);
    if (next.value >= base.value * (1 - WORTH)) {
      scale /= 2;
      halvings++;
      if (next.value < base.value) base = next;
      continue;
    }
    const farther = next.point.map((coordinate, axis) => 2 * coordinate - base.point[axis]!);
    const value = lossOf(farther);
    base = value < next.value ? { point: farther, value } : next;
  }
  return base.point;
}

interface Reached {
  readonly point: readonly number[];
  readonly value: number;
}

/** Along one axis after the other. */
function around(
  base: Reached,
  steps: readonly number[],
  scale: number,
  lossOf: (point: readonly number[]) => number,
): Reached {
  let best = base;
  for (const [axis, step] of steps.entries()) {
    for (const sign of [1, -1]) {
      const point = best.point.with(axis, best.point[axis]! + sign * scale * step);
      const value = lossOf(point);
      if (value >= best.value) continue;
      best = { point, value };
      break;
    }
  }
  return best;
}
