import type { ChartView, LineView } from '../view/types.js';
import type { ExecutorFamily } from '../words/labels.js';

/** More cannot be told apart in a terminal. */
export const MOST_LINES = 5;

/** Hollow symbols are loops, filled ones pools: without colour the two are told apart at a glance. */
const SYMBOLS: Readonly<Record<ExecutorFamily, readonly string[]>> = {
  loop: ['○', '□', '△', '◇'],
  threads: ['●', '■', '▲', '◆'],
  processes: ['◉', '▣', '▼', '◈'],
};
const LIMIT = '┄';

export interface DrawnLine extends LineView {
  /** One column wide. */
  readonly symbol: string;
}

/** The lines that are drawn, in the order in which they came, and the labels of those that are not. */
export function drawnLines({ lines, lessIsBetter }: ChartView): { drawn: DrawnLine[]; leftOut: string[] } {
  const told = tellingLines(lines, lessIsBetter);
  const used: Record<ExecutorFamily, number> = { loop: 0, threads: 0, processes: 0 };
  const symbolOf = (family: ExecutorFamily | null) =>
    family === null ? LIMIT : SYMBOLS[family][used[family]++ % SYMBOLS[family].length]!;
  return {
    drawn: lines
      .filter(line => told.has(line))
      .map((line): DrawnLine => ({ ...line, symbol: symbolOf(line.family) })),
    leftOut: lines.filter(line => !told.has(line)).map(({ label }) => label),
  };
}

/**
 * The lines of a chart that tell most: the best loop and the best pool, and then whoever comes nearest to the best of
 * some place. A limit, which is of no kind, is always drawn.
 */
function tellingLines(lines: readonly LineView[], lessIsBetter: boolean): ReadonlySet<LineView> {
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
