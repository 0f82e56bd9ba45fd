/** Spans by index, each in one row. */
export interface Rows {
  readonly rows: number;
  readonly rowOf: Uint32Array;
  /** Indexes by start, then by end. */
  readonly byStart: Uint32Array;
}

const NO_ROW = 0xffffffff;

/**
 * Lays spans into rows in which none overlaps another, as few rows as there are spans at one moment; each into the first
 * row that is free, so that rows fill from the top. O(n log n).
 *
 * @param gap that must lie between two of a row
 */
export function layRows(starts: Float64Array, ends: Float64Array, gap = 0): Rows {
  const byStart = sortedBy(starts, ends);
  const byEnd = sortedBy(ends, starts);
  const rowOf = new Uint32Array(starts.length).fill(NO_ROW);
  const free = new LeastFirst();
  let [rows, ended] = [0, 0];
  for (const index of byStart) {
    for (; ended < byEnd.length; ended++) {
      const last = byEnd[ended]!;
      // Without a length, and at this very moment: not laid yet.
      if (ends[last]! + gap > starts[index]! || rowOf[last] === NO_ROW) break;
      free.add(rowOf[last]!);
    }
    rowOf[index] = free.take() ?? rows++;
  }
  return { rows, rowOf, byStart };
}

function sortedBy(first: Float64Array, second: Float64Array): Uint32Array {
  const indexes = Uint32Array.from(first, (_, index) => index);
  return indexes.sort((a, b) => first[a]! - first[b]! || second[a]! - second[b]! || a - b);
}

/** A binary heap of numbers. */
class LeastFirst {
  readonly #heap: number[] = [];

  add(value: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]! <= value) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = value;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const least = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (child >= heap.length || heap[child]! >= last) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return least;
  }
}
