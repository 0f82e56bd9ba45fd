import type { Line } from '../view/charts.js';

/** More cannot be told apart in a terminal. */
export const MOST_LINES = 5;

export interface Telling {
  /** In the order in which they came. */
  readonly drawn: readonly Line[];
  readonly leftOut: readonly Line[];
}

/**
 * The lines of a chart that tell most: the best loop and the best pool, and then whoever comes nearest to the best of
 * some place. A limit, which is of no kind, is always drawn.
 */
export function tellingLines(lines: readonly Line[], lessIsBetter: boolean): Telling {
  if (lines.length <= MOST_LINES) return { drawn: lines, leftOut: [] };
  const goodness = (y: number) => (lessIsBetter ? 1 / y : y);
  const best = new Map<number, number>();
  for (const { family, points } of lines)
    for (const { x, y } of family === null ? [] : points)
      best.set(x, Math.max(best.get(x) ?? 0, goodness(y)));
  const merit = ({ points }: Line) => Math.max(...points.map(({ x, y }) => goodness(y) / best.get(x)!));
  const ranked = lines.filter(({ family }) => family !== null).sort((a, b) => merit(b) - merit(a));
  const drawn = new Set(lines.filter(({ family }) => family === null));
  for (const isLoop of [true, false]) {
    const first = ranked.find(({ family }) => (family === 'loop') === isLoop);
    if (first !== undefined) drawn.add(first);
  }
  for (const line of ranked) if (drawn.size < MOST_LINES) drawn.add(line);
  return { drawn: lines.filter(line => drawn.has(line)), leftOut: lines.filter(line => !drawn.has(line)) };
}
