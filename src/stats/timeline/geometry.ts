import type { Line } from './coverage.js';
import type { Track } from './layout.js';

/** Where everything of an executor stands, in pixels from the top: alike in the picture and on the canvas. */
export interface BlockGeometry {
  readonly top: number;
  readonly bottom: number;
  /** Of the name of the executor. */
  readonly headBaseline: number;
  readonly waiting: Band | null;
  readonly busy: Band | null;
  readonly tracks: readonly TrackGeometry[];
  /** Of all tracks in one, where they are too many for a label each. */
  readonly sharedBaseline: number | null;
}

interface Band {
  readonly labelBaseline: number;
  readonly top: number;
  readonly height: number;
}

export interface TrackGeometry {
  readonly labelBaseline: number | null;
  readonly top: number;
  readonly height: number;
  /** A row each while they are a pixel high. */
  readonly lines: readonly Line[];
  readonly lineHeight: number;
}

export interface BlockSpec {
  readonly tracks: readonly Pick<Track, 'firstRow' | 'rows'>[];
  readonly hasWaiting: boolean;
  readonly hasBusy: boolean;
}

/** All of a block that is drawn over time: what lies between them are words. */
export function bandsOf({ waiting, tracks, busy }: BlockGeometry): Pick<Band, 'top' | 'height'>[] {
  return [waiting, ...tracks, busy].filter(band => band !== null);
}

export const AXIS_HEIGHT = 24;
const HEAD = 24;
const LABEL = 17;
const BASELINE = 12;
const AFTER_BAND = 6;
const AFTER_BLOCK = 18;
const WAITING_HEIGHT = 16;
const BUSY_HEIGHT = 9;
const ROW_HEIGHT = 12;
/** Of all tracks of an executor. */
const ROOM = 200;
const MOST_LABELLED = 8;
/** Of a track with a label of its own, where rows have more than the usual room. */
const LABELLED_HEIGHT = 24;

export interface Geometry {
  readonly blocks: readonly BlockGeometry[];
  /** Where the labels of the axis begin. */
  readonly axisTop: number;
  readonly height: number;
}

/** @param rowScale how many times the usual room the rows of an executor have, at most: none is higher than the usual row */
export function geometryOf(specs: readonly BlockSpec[], rowScale = 1): Geometry {
  let top = 0;
  const blocks = specs.map(spec => {
    const block = blockAt(spec, top, ROOM * rowScale);
    top = block.bottom + AFTER_BLOCK;
    return block;
  });
  const axisTop = top - AFTER_BLOCK + AFTER_BAND;
  return { blocks, axisTop, height: axisTop + AXIS_HEIGHT };
}

function blockAt({ tracks, hasWaiting, hasBusy }: BlockSpec, top: number, room: number): BlockGeometry {
  let y = top + HEAD;
  const bandOf = (height: number): Band => {
    const band = { labelBaseline: y + BASELINE, top: y + LABEL, height };
    y = band.top + height + AFTER_BAND;
    return band;
  };
  const waiting = hasWaiting ? bandOf(WAITING_HEIGHT) : null;
  const isLabelled = tracks.length <= (room > ROOM ? room / LABELLED_HEIGHT : MOST_LABELLED);
  const sharedBaseline = isLabelled ? null : y + BASELINE;
  if (!isLabelled) y += LABEL;
  const placed = tracks.map(({ firstRow, rows }): TrackGeometry => {
    const height = trackHeight(rows, tracks.length, room);
    const labelBaseline = isLabelled ? y + BASELINE : null;
    const trackTop = isLabelled ? y + LABEL : y;
    y = trackTop + height + (isLabelled ? AFTER_BAND : 1);
    return { labelBaseline, top: trackTop, height, ...linesOf(firstRow, rows, height) };
  });
  const busy = hasBusy ? bandOf(BUSY_HEIGHT) : null;
  return { top, bottom: y, headBaseline: top + 15, waiting, busy, tracks: placed, sharedBaseline };
}

/** Rows of the usual height while there is room for them, then all of that room. */
function trackHeight(rows: number, tracks: number, roomOfAll: number): number {
  const least = tracks <= MOST_LABELLED ? 2 * ROW_HEIGHT : 3;
  const room = Math.max(least, Math.floor(roomOfAll / tracks));
  return Math.min(Math.max(1, rows) * ROW_HEIGHT, room);
}

function linesOf(
  firstRow: number,
  rows: number,
  height: number,
): Pick<TrackGeometry, 'lines' | 'lineHeight'> {
  // More than there are pixels: two pixels a line, which are drawn in half the time.
  const count = Math.max(1, rows <= height ? rows : Math.floor(height / 2));
  const lines = Array.from({ length: count }, (_, at) => {
    const first = Math.floor((at * rows) / count);
    return { firstRow: firstRow + first, rows: Math.floor(((at + 1) * rows) / count) - first };
  });
  return { lines, lineHeight: height / count };
}

/** How full the bar of a task is: what only waits is light. */
export const BAR_OPACITIES = { waiting: 0.18, running: 0.9, delivery: 0.5 } as const;

/** Where the bar of a task stands in its line: with air around it while there is room. */
export function barWithin(lineHeight: number): { readonly offset: number; readonly height: number } {
  if (lineHeight >= 8) return { offset: 1, height: lineHeight - 2 };
  if (lineHeight >= 3) return { offset: 0.5, height: lineHeight - 1 };
  if (lineHeight >= 1.5) return { offset: 0, height: lineHeight - 0.5 };
  return { offset: 0, height: lineHeight };
}
