import type { Box } from '../tips/place-tip.js';

/** The index of the box that is nearest to a point, the smallest of those around it; null: none is within `reach`. */
export function nearestTo(x: number, y: number, boxes: readonly Box[], reach: number): number | null {
  let best: number | null = null;
  let [least, area] = [reach, Number.POSITIVE_INFINITY];
  boxes.forEach((box, at) => {
    const far = Math.hypot(outside(x, box.left, box.right), outside(y, box.top, box.bottom));
    const own = (box.right - box.left) * (box.bottom - box.top);
    if (far > least || (far === least && own >= area)) return;
    [best, least, area] = [at, far, own];
  });
  return best;
}

function outside(value: number, low: number, high: number): number {
  return Math.max(0, low - value, value - high);
}
