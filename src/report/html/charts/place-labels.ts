/** Pixels between the baselines of two labels. */
const STEP = 15;

interface Placed<Label> {
  readonly label: Label;
  readonly y: number;
}

/**
 * Puts labels beside the ends of their lines, at least a line of text apart, none out of bounds, in the order of those
 * ends: pushed down where they would overlap, and back up from the lower bound. Where there are too many those of the
 * first are kept. Pure.
 */
export function placeLabels<Label extends { readonly y: number }>(
  labels: readonly Label[],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly placed: readonly Placed<Label>[]; readonly leftOut: readonly Label[] } {
  const room = Math.floor((to - from) / STEP) + 1;
  const kept = labels.slice(0, room).toSorted((a, b) => a.y - b.y);
  const ys = kept.map(({ y }) => Math.min(Math.max(y, from), to));
  for (let at = 1; at < ys.length; at++) ys[at] = Math.max(ys[at]!, ys[at - 1]! + STEP);
  let below = to + STEP;
  for (let at = ys.length - 1; at >= 0; at--) {
    ys[at] = Math.min(ys[at]!, below - STEP);
    below = ys[at]!;
  }
  return { placed: kept.map((label, at) => ({ label, y: ys[at]! })), leftOut: labels.slice(room) };
}
