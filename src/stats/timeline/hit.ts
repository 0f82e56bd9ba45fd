import type { Line } from './coverage.js';
import { NO_PLACE, type TrialLayout } from './layout.js';
import { firstAbove } from './search.js';

/**
 * The place of the task that ran in that row at that time, or of the nearest one not further than that.
 *
 * @returns `NO_PLACE` where there is none
 */
export function placeAt(layout: TrialLayout, row: number, atMs: number, withinMs: number): number {
  const { rowStart, startedMs, endedMs } = layout;
  const [first, end] = [rowStart[row]!, rowStart[row + 1]!];
  const after = firstAbove(startedMs, atMs, first, end);
  const before = after - 1;
  const sinceMs = before < first ? Number.POSITIVE_INFINITY : Math.max(0, atMs - endedMs[before]!);
  const untilMs = after === end ? Number.POSITIVE_INFINITY : startedMs[after]! - atMs;
  if (Math.min(sinceMs, untilMs) > withinMs) return NO_PLACE;
  return sinceMs <= untilMs ? before : after;
}

/** Of a line of many rows: the row at that share of its height, or the next one below that has a task there. */
export function placeInLine(
  layout: TrialLayout,
  { firstRow, rows }: Line,
  share: number,
  atMs: number,
  withinMs: number,
): number {
  const wanted = Math.min(rows - 1, Math.max(0, Math.floor(share * rows)));
  for (let step = 0; step < rows; step++) {
    const place = placeAt(layout, firstRow + ((wanted + step) % rows), atMs, withinMs);
    if (place !== NO_PLACE) return place;
  }
  return NO_PLACE;
}
