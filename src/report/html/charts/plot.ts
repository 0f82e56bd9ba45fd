import { truncate, truncateMiddle, widthOf } from '../../text.js';
import type { Looks } from '../looks.js';
import type { Markup } from '../markup.js';
import { columnsIn, pixelsOf, WIDTH } from './frame.js';
import { rule, textAt } from './marks.js';
import { placeLabels } from './place-labels.js';
import type { Scale } from './scales.js';

/** The frame of charts with lines, all in pixels. */
export const PLOT = { top: 8, bottom: 236, height: 262 } as const;
const LABEL_GAP = 9;
const MOST_LABEL_PIXELS = 140;

interface Sides {
  readonly left: number;
  readonly right: number;
}

/** What the texts beside the plot leave of it. */
export function sidesFor(yTexts: readonly string[], labels: readonly string[]): Sides {
  const widest = (texts: readonly string[]) => pixelsOf(Math.max(0, ...texts.map(widthOf)));
  const labelRoom = Math.min(MOST_LABEL_PIXELS, widest(labels)) + LABEL_GAP;
  return { left: Math.min(90, widest(yTexts)) + 8, right: WIDTH - labelRoom };
}

/** Horizontal lines with their values at the left. */
export function yAxis(y: Scale, { left, right }: Sides, textOf: (tick: number) => string): Markup[] {
  return y.ticks.flatMap(tick => [
    rule(left, y.of(tick), right, y.of(tick)),
    textAt(textOf(tick), left - 6, y.of(tick) + 4, { anchor: 'end', isQuiet: true, size: 12 }),
  ]);
}

/** Labels below; one that would run into the one before it is left out. */
export function xAxis(ticks: readonly { readonly at: number; readonly label: string }[]): Markup[] {
  let end = 0;
  return ticks.flatMap(({ at, label }) => {
    const text = truncate(label, 16);
    const half = pixelsOf(widthOf(text)) / 2;
    const x = Math.min(Math.max(at, half), WIDTH - half);
    const mark = rule(at, PLOT.bottom, at, PLOT.bottom + 4);
    if (x - half < end) return [mark];
    end = x + half + 6;
    return [mark, textAt(text, x, PLOT.bottom + 19, { anchor: 'middle', isQuiet: true, size: 12 })];
  });
}

export interface EndLabel {
  readonly text: string;
  readonly executor: string | undefined;
  /** Where its line ends. */
  readonly x: number;
  readonly y: number;
}

/** Names at the ends of lines, moved apart where they would overlap. Those without room are told. */
export function endLabels(labels: readonly EndLabel[], { right }: Sides, looks: Looks) {
  const { placed, leftOut } = placeLabels(labels, { from: PLOT.top + 4, to: PLOT.bottom });
  const room = columnsIn(WIDTH - right - LABEL_GAP + 2);
  const drawn = placed.map(({ label, y }) => {
    const text = textAt(truncateMiddle(label.text, room), right + LABEL_GAP, y + 4);
    return { look: looks(label.executor), content: [text, leader(label, y, right)] };
  });
  return { drawn, leftOut: leftOut.map(({ text }) => text) };
}

/** From the end of a line that is far from its name. */
function leader({ x, y }: EndLabel, labelY: number, right: number): Markup | null {
  return right - x > 24 ? rule(x + 8, y, right + LABEL_GAP - 3, labelY) : null;
}
