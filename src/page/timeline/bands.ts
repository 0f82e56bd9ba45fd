import { firstFrom } from '../../stats/timeline/search.js';
import type { Spells } from '../../stats/timeline/trial.js';
import { type Waiting, waitingAt } from '../../stats/timeline/waiting.js';
import type { Plot } from './bars.js';

interface Place {
  readonly top: number;
  readonly height: number;
}

/** How many have not started yet, pixel by pixel. */
export function paintWaiting(
  context: CanvasRenderingContext2D,
  waiting: Waiting,
  { top, height }: Place,
  { view, width, ratio }: Plot,
): void {
  context.globalAlpha = 0.25;
  const msPerPixel = (view.toMs - view.fromMs) / width;
  // Neighbours of one height are one rectangle: of a thousand pixels few steps are left.
  let [from, tall] = [0, 0];
  const fillTo = (x: number) => {
    if (tall > 0) context.fillRect(from, top + height - tall, x - from, tall);
  };
  for (let x = 0; x < width; x++) {
    const tasks = waitingAt(waiting, view.fromMs + (x + 0.5) * msPerPixel);
    const next = Math.ceil((height * ratio * tasks) / waiting.most) / ratio;
    if (next === tall) continue;
    fillTo(x);
    [from, tall] = [x, next];
  }
  fillTo(width);
  context.globalAlpha = 1;
}

interface BusyLook {
  /** Of the trial. */
  readonly endMs: number;
  readonly hatch: CanvasPattern | null;
  readonly ink: string;
}

/** Hatched: where it is busy at all it is seen. */
export function paintBusy(
  context: CanvasRenderingContext2D,
  { fromMs, toMs }: Spells,
  { top, height }: Place,
  plot: Plot,
  { endMs, hatch, ink }: BusyLook,
): void {
  const { view, width } = plot;
  const scale = width / (view.toMs - view.fromMs);
  context.fillStyle = ink;
  context.globalAlpha = 0.06;
  const end = Math.max(0, Math.min(width, (endMs - view.fromMs) * scale));
  context.fillRect(0, top, end, height);
  context.globalAlpha = 0.75;
  context.fillStyle = hatch ?? ink;
  let drawn = 0;
  for (let at = firstFrom(toMs, view.fromMs, 0, toMs.length); at < fromMs.length; at++) {
    if (fromMs[at]! > view.toMs) break;
    const start = (fromMs[at]! - view.fromMs) * scale;
    const to = Math.min(width, Math.max(start + 1, (toMs[at]! - view.fromMs) * scale));
    const from = Math.max(drawn, start);
    if (to <= from) continue;
    context.fillRect(from, top, to - from, height);
    drawn = to;
  }
  context.globalAlpha = 1;
}

/** Slanted lines of that colour. */
export function hatchOf(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const tile = context.canvas.ownerDocument.createElement('canvas');
  const size = 6;
  tile.width = size;
  tile.height = size;
  const drawing = tile.getContext('2d');
  if (drawing === null) return null;
  drawing.strokeStyle = colour;
  drawing.lineWidth = 2;
  drawing.beginPath();
  for (const shift of [-size, 0, size]) {
    drawing.moveTo(shift, size);
    drawing.lineTo(shift + size, 0);
  }
  drawing.stroke();
  return context.createPattern(tile, 'repeat');
}
