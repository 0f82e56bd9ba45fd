import type { ChartView, LineView } from './types.js';

/** More of them nobody tells apart. */
const MOST_LINES = 5;

/**
 * The lines of a chart that tell most, in the order in which they came, and the labels of all others: the best loop and the
 * best pool, and then whoever comes nearest to the best of some place. A limit, which is of no kind, is always drawn.
 */
export function tellingLines(
  lines: readonly LineView[],
  lessIsBetter: boolean,
): Pick<ChartView, 'lines' | 'leftOut'> {
  const told = mostTelling(lines, lessIsBetter);
  return {
    lines: lines.filter(line => told.has(line)),
    leftOut: lines.filter(line => !told.has(line)).map(({ label }) => label),
  };
}

function mostTelling(lines: readonly LineView[], lessIsBetter: boolean): ReadonlySet<LineView> {
  if (lines.length <= MOST_LINES) return new Set(lines);
  const goodness = (y: number) => (lessIsBetter ? 1 / y : y);
  const best = new Map<number, number>();
  for (const { family, points } of lines)
    for (const { x, y } of family === null ? [] : points)
      best.set(x, Math.max(best.get(x) ?? 0, goodness(y)));
  const merit = ({ points }: LineView) => Math.max(...points.map(({ x, y }) => goodness(y) / best.get(x)!));
  const ranked = lines.filter(({ family }) => family !== null).sort((a, b) => merit(b) - merit(a));
  const told = new Set(lines.filter(({ family }) => family === null));
  const loop = ranked.find(({ family }) => family === 'loop');
  const pool = ranked.find(({ family }) => family !== 'loop');
  for (const line of [loop, pool, ...ranked])
    if (line !== undefined && told.size < MOST_LINES) told.add(line);
  return told;
}
