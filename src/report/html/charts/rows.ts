import { truncate, widthOf } from '../../text.js';
import type { Look } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { columnsIn, pixelsOf, WIDTH } from './frame.js';
import { symbolAt, textAt, toned } from './marks.js';
import type { Scale } from './scales.js';

/** Of charts with a row for each executor: its name and its figure above, a bar below. */
export const ROW_HEIGHT = 38;
export const BAR = { top: 20, height: 9 } as const;
export const EDGE = { left: 1, right: WIDTH - 14 } as const;
const AXIS_HEIGHT = 22;

/** Its name with the symbol, and its figure at the right. */
export function rowHead(look: Look, label: string, figure: string, top: number): Markup[] {
  const room = WIDTH - 16 - pixelsOf(widthOf(figure) + 2);
  const name = truncate(label, columnsIn(room));
  return [
    toned(look, symbolAt(look, 6, top + 9)),
    textAt(name, 17, top + 13),
    textAt(figure, WIDTH - 1, top + 13, { anchor: 'end', isStrong: true }),
  ];
}

/** Lines of the grid behind the bars, from `top` on, and below them what they are. */
export function rowAxis(scale: Scale, top: number, rows: number, textOf: (tick: number) => string): Markup[] {
  const bottom = top + rows * ROW_HEIGHT;
  return scale.ticks.flatMap(tick => {
    const x = scale.of(tick);
    const text = textOf(tick);
    const half = pixelsOf(widthOf(text)) / 2;
    const anchor = x - half < 0 ? 'start' : x + half > WIDTH ? 'end' : 'middle';
    return [ruleThroughRows(x, top, rows), textAt(text, x, bottom + 14, { anchor, isQuiet: true, size: 12 })];
  });
}

/** Of all bars, and of none of the texts above them. */
export function ruleThroughRows(x: number, top: number, rows: number, isStrong = false): Markup {
  const [above, below] = [BAR.top - 3, BAR.height + 6];
  const tops = Array.from({ length: rows }, (_, row) => top + row * ROW_HEIGHT + above);
  return element('path', {
    d: tops.map(y => `M${x.toFixed(1)} ${y}v${below}`).join(''),
    stroke: 'currentColor',
    'stroke-opacity': isStrong ? '0.8' : '0.16',
    'stroke-width': isStrong ? 1.5 : 1,
  });
}

export function heightOf(rows: number, top = 0): number {
  return top + rows * ROW_HEIGHT + AXIS_HEIGHT;
}
