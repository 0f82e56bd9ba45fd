import type { Span, TrialLayout } from './layout.js';
import { firstAbove, firstFrom } from './search.js';

/** Rows next to each other that are drawn as one line. */
export interface Line {
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * When the tasks of a line start and end, each ascending. What they cover is read from these in one pass, to the moment, however
 * close it is looked at. (Sums over parts of the trial were too coarse for the lines of many rows, whose tasks then were read row
 * by row: half of a frame.)
 */
export interface LineEdges {
  readonly startedMs: Float64Array;
  readonly endedMs: Float64Array;
}

/** @param isCounted of those at a place; default: all are */
export function edgesOf(
  { rowStart, startedMs, endedMs }: TrialLayout,
  { firstRow, rows }: Line,
  isCounted?: (place: number) => boolean,
): LineEdges {
  const [first, end] = [rowStart[firstRow]!, rowStart[firstRow + rows]!];
  const of = (times: Float64Array) => {
    const own = times.slice(first, end);
    return (isCounted === undefined ? own : own.filter((_, at) => isCounted(first + at))).sort();
  };
  return { startedMs: of(startedMs), endedMs: of(endedMs) };
}

/** What is left of differences of times of hours: nothing, where every task is to be seen that has any length. */
const ROUNDING_MS = 1e-9;

/** Adds how long tasks ran in each of the equal parts of that time (Σ over the rows of a line, in ms). */
export function addCovered(
  { startedMs, endedMs }: LineEdges,
  { fromMs, toMs }: Span,
  into: Float32Array,
): void {
  const partMs = (toMs - fromMs) / into.length;
  let started = firstFrom(startedMs, fromMs, 0, startedMs.length);
  let ended = firstFrom(endedMs, fromMs, 0, endedMs.length);
  for (let part = 0; part < into.length; part++) {
    const partEndMs = fromMs + (part + 1) * partMs;
    // Those under way when it begins cover it whole; who starts or ends within it, the rest more or less.
    let coveredMs = (started - ended) * partMs;
    for (; started < startedMs.length && startedMs[started]! < partEndMs; started++)
      coveredMs += partEndMs - startedMs[started]!;
    for (; ended < endedMs.length && endedMs[ended]! < partEndMs; ended++)
      coveredMs -= partEndMs - endedMs[ended]!;
    if (coveredMs > ROUNDING_MS) into[part]! += coveredMs;
  }
}

/** How many tasks ran within that time, if only at its edge. */
export function countWithin({ startedMs, endedMs }: LineEdges, { fromMs, toMs }: Span): number {
  const started = firstAbove(startedMs, toMs, 0, startedMs.length);
  return started - firstFrom(endedMs, fromMs, 0, endedMs.length);
}
