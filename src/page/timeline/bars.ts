import { barWithin } from '../../stats/timeline/geometry.js';
import {
  hasFailed,
  placesWithin,
  type Span,
  segmentsAt,
  type TrialLayout,
} from '../../stats/timeline/layout.js';
import type { Colour } from './colours.js';
import type { BlockTrack } from './model.js';

/** Rectangles by state: four numbers each. Kept between frames, so that drawing makes no garbage. */
export class Bars {
  readonly waiting: number[] = [];
  readonly running: number[] = [];
  readonly delivery: number[] = [];
  readonly failed: number[] = [];

  clear(): void {
    this.waiting.length = 0;
    this.running.length = 0;
    this.delivery.length = 0;
    this.failed.length = 0;
  }
}

export interface Plot {
  readonly view: Span;
  readonly width: number;
  /** Device pixels in one of the page. */
  readonly ratio: number;
}

/** From where on there is a gap between one task and the next. */
const GAP_FROM_PIXELS = 4;

/** Adds what a track has within the view, edge to edge of device pixels. */
export function addBars(bars: Bars, layout: TrialLayout, { geometry }: BlockTrack, plot: Plot): void {
  const { view, width, ratio } = plot;
  const scale = width / (view.toMs - view.fromMs);
  const xOf = (ms: number) =>
    Math.round(Math.min(width, Math.max(0, (ms - view.fromMs) * scale)) * ratio) / ratio;
  const { offset, height } = barWithin(geometry.lineHeight);
  geometry.lines.forEach(({ firstRow }, at) => {
    const y = geometry.top + at * geometry.lineHeight + offset;
    const [from, to] = placesWithin(layout, firstRow, view);
    // What waits or is delivered reaches into the view from its neighbours.
    for (
      let place = neighbour(layout, firstRow, from, -1);
      place < neighbour(layout, firstRow, to, 1);
      place++
    ) {
      const { waitingMs, startedMs, endedMs, deliveredMs } = segmentsAt(layout, place, firstRow);
      const [start, end] = [xOf(startedMs), xOf(endedMs)];
      const waits = xOf(waitingMs);
      if (start > waits) bars.waiting.push(waits, y, start - waits, height);
      if (place >= from && place < to) {
        const wide = end - start;
        const shown = Math.max(1 / ratio, wide >= GAP_FROM_PIXELS ? wide - 1 : wide);
        const failed = hasFailed(layout.table, layout.index[place]!);
        (failed ? bars.failed : bars.running).push(start, y, shown, height);
      }
      const done = xOf(deliveredMs);
      if (done > end) bars.delivery.push(end, y + height / 3, done - end, Math.max(1, height / 3));
    }
  });
}

function neighbour({ rowStart }: TrialLayout, row: number, place: number, step: number): number {
  return Math.min(rowStart[row + 1]!, Math.max(rowStart[row]!, place + step));
}

export function fillBars(context: CanvasRenderingContext2D, bars: readonly number[]): void {
  for (let at = 0; at < bars.length; at += 4)
    context.fillRect(bars[at]!, bars[at + 1]!, bars[at + 2]!, bars[at + 3]!);
}

/** Failed tasks are crossed out, where that can be seen. */
export function crossBars(context: CanvasRenderingContext2D, bars: readonly number[], colour: Colour): void {
  context.beginPath();
  for (let at = 0; at < bars.length; at += 4) {
    const [x, y, width, height] = [bars[at]!, bars[at + 1]!, bars[at + 2]!, bars[at + 3]!];
    if (width < 3 || height < 4) continue;
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x + width, y);
    context.lineTo(x, y + height);
  }
  context.strokeStyle = colour.css;
  context.lineWidth = 1;
  context.stroke();
}
