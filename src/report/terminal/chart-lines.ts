import type { LineView } from '../view/types.js';
import type { ExecutorFamily } from '../words/labels.js';

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

/** Each with a symbol of its own. */
export function withSymbols(lines: readonly LineView[]): DrawnLine[] {
  const used: Record<ExecutorFamily, number> = { loop: 0, threads: 0, processes: 0 };
  const symbolOf = (family: ExecutorFamily | null) =>
    family === null ? LIMIT : SYMBOLS[family][used[family]++ % SYMBOLS[family].length]!;
  return lines.map((line): DrawnLine => ({ ...line, symbol: symbolOf(line.family) }));
}
