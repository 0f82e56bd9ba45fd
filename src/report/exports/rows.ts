import { layRows } from '../../stats/timeline/rows.js';

/** In ns: readers of traces make doubles of µs and cut them, and two that touch must not overlap after that. */
const GAP_NS = 2;

interface Span {
  readonly startNs: number;
  readonly endNs: number;
}

/** Spans in rows, as few as there are at one moment; spans of a row by their start. */
export function rowsOf<T extends Span>(spans: readonly T[]): T[][] {
  const starts = Float64Array.from(spans, ({ startNs }) => startNs);
  const ends = Float64Array.from(spans, ({ endNs }) => endNs);
  const { rows, rowOf, byStart } = layRows(starts, ends, GAP_NS);
  const laid = Array.from({ length: rows }, (): T[] => []);
  for (const at of byStart) laid[rowOf[at]!]!.push(spans[at]!);
  return laid;
}
