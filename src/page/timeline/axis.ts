import { momentTick } from '../../report/format.js';
import { ticksWithin } from '../../stats/timeline/ticks.js';
import { clamp } from '../clamp.js';
import type { Plot } from './bars.js';
import type { Colours } from './colours.js';
import { xAt } from './hit.js';

const TICK_PIXELS = 130;
const FONT = 12;
const ALPHA = 0.15;

interface Band {
  readonly top: number;
  readonly height: number;
}

export interface Axis {
  /** What its lines go through: all that is drawn over time, not words. */
  readonly bands: readonly Band[];
  /** Of its times. */
  readonly baseline: number;
  /** How large type is, as a factor. */
  readonly unit: number;
}

/** A line at each tick of the view, and its time below. */
export function paintAxis(
  context: CanvasRenderingContext2D,
  { view, width }: Pick<Plot, 'view' | 'width'>,
  { bands, baseline, unit }: Axis,
  { text, quiet, font }: Colours,
): void {
  const wanted = Math.max(2, Math.round(width / (TICK_PIXELS * unit)));
  const { values, step } = ticksWithin(view.fromMs, view.toMs, wanted);
  const ticks = values.map(value => ({ words: momentTick(value, step), x: xAt(view, width, value) }));
  for (const { x } of ticks) paintRule(context, x, bands, { ink: text.css, alpha: ALPHA });
  context.font = `400 ${FONT * unit}px ${font}`;
  context.fillStyle = quiet.css;
  for (const { words, x } of ticks) {
    const wide = context.measureText(words).width;
    context.fillText(words, clamp(x - wide / 2, 0, width - wide), baseline);
  }
}

/** One moment in all bands. */
export function paintRule(
  context: CanvasRenderingContext2D,
  x: number,
  bands: readonly Band[],
  { ink, alpha }: { readonly ink: string; readonly alpha: number },
): void {
  context.globalAlpha = alpha;
  context.fillStyle = ink;
  for (const { top, height } of bands) context.fillRect(Math.round(x), top - 2, 1, height + 4);
  context.globalAlpha = 1;
}
