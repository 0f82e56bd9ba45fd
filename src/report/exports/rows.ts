/** In ns: readers of traces make doubles of µs and cut them, and two that touch must not overlap after that. */
const GAP_NS = 2;

interface Span {
  readonly startNs: number;
  readonly endNs: number;
}

/**
 * Lays spans into rows in which none overlaps another, as few rows as there are spans at one moment. O(n log n).
 *
 * @returns rows in the order of their first spans; spans of a row by their start
 */
export function rowsOf<T extends Span>(spans: readonly T[]): T[][] {
  const byStart = [...spans].sort((a, b) => a.startNs - b.startNs || a.endNs - b.endNs);
  const byEnd = [...spans].sort((a, b) => a.endNs - b.endNs || a.startNs - b.startNs);
  const rows: T[][] = [];
  const rowOf = new Map<T, T[]>();
  const free: T[][] = [];
  let ended = 0;
  for (const span of byStart) {
    // What has ended that long ago has begun before, so it has its row.
    for (; byEnd[ended]!.endNs + GAP_NS <= span.startNs; ended++) free.push(rowOf.get(byEnd[ended]!)!);
    const row = free.pop() ?? [];
    if (row.length === 0) rows.push(row);
    row.push(span);
    rowOf.set(span, row);
  }
  return rows;
}
