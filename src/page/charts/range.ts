import { clamp } from '../clamp.js';

/** A part of an axis, in pixels of the picture as it is without zoom. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The smallest part of the axis that can be looked at: text of coordinates has two digits. */
const MOST_ZOOM = 24;

export function isWhole(range: Range, whole: Range): boolean {
  return widthOf(range) >= widthOf(whole) * (1 - 1e-9);
}

/** What is at `at` stays where it is. @param factor above 1: closer */
export function zoomed(range: Range, whole: Range, factor: number, at: number): Range {
  const width = clamp(widthOf(range) / factor, widthOf(whole) / MOST_ZOOM, widthOf(whole));
  const share = (clamp(at, range.from, range.to) - range.from) / widthOf(range);
  const middle = clamp(at, range.from, range.to);
  return within({ from: middle - share * width, to: middle + (1 - share) * width }, whole);
}

/** @param by as a share of what is seen */
export function panned(range: Range, whole: Range, by: number): Range {
  const step = by * widthOf(range);
  return within({ from: range.from + step, to: range.to + step }, whole);
}

/** What somebody has drawn a frame around, in either direction. */
export function selected(a: number, b: number, whole: Range): Range {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  const least = widthOf(whole) / MOST_ZOOM;
  const missing = Math.max(0, least - (to - from)) / 2;
  return within({ from: from - missing, to: to + missing }, whole);
}

/** Moved no further than it takes to see `at`, with some room beside it. */
export function following(range: Range, whole: Range, at: number): Range {
  const room = 0.1 * widthOf(range);
  const by = Math.min(0, at - room - range.from) + Math.max(0, at + room - range.to);
  return within({ from: range.from + by, to: range.to + by }, whole);
}

/** Of the same width, moved to where there is something to see. */
function within(range: Range, whole: Range): Range {
  const width = Math.min(widthOf(range), widthOf(whole));
  const from = clamp(range.from, whole.from, whole.to - width);
  return { from, to: from + width };
}

function widthOf({ from, to }: Range): number {
  return to - from;
}
