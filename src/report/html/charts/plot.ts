import { truncateMiddle, widthOf } from '../../text.js';
import type { Looks } from '../looks.js';
import { type Content, element, type Markup } from '../markup.js';
import { fittingLabels, type PlaceTick } from './fitting-labels.js';
import { columnsIn, pixelsOf, WIDTH } from './frame.js';
import { rule, textAt, toned } from './marks.js';
import { placeLabels } from './place-labels.js';
import type { Scale } from './scales.js';

/** The frame of charts with lines, all in pixels. */
export const PLOT = { top: 8, bottom: 236, height: 262 } as const;
const LABEL_GAP = 9;
const MOST_LABEL_PIXELS = 140;

/** Which of the formats an axis is labelled in. */
export type TickFormat = 'amount' | 'duration';

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
export function yAxis(y: Scale, { left, right }: Sides, textOf: (tick: number) => string): Markup {
  const ticks = y.ticks.map(tick =>
    element(
      'g',
      {},
      rule(left, y.of(tick), right, y.of(tick)),
      textAt(textOf(tick), left - 6, y.of(tick) + 4, { anchor: 'end', isQuiet: true, size: 12 }),
    ),
  );
  return element('g', { class: 'y-axis' }, ticks);
}

/** Labels below; one that would run into the one before it is left out. */
export function xAxis(ticks: readonly PlaceTick[]): Markup {
  const marks = fittingLabels(ticks).map(({ at, label, textX }) =>
    element(
      'g',
      { 'data-at': at.toFixed(2), 'data-label': label },
      rule(at, PLOT.bottom, at, PLOT.bottom + 4),
      textX === null
        ? null
        : textAt(label, textX, PLOT.bottom + 19, { anchor: 'middle', isQuiet: true, size: 12 }),
    ),
  );
  return element('g', { class: 'x-axis' }, marks);
}

/** What moves when somebody zooms in. */
export function zooming(...content: readonly Content[]): Markup {
  return element('g', { class: 'zooms' }, ...content);
}

/** What the page's script has to know to zoom: where the plot is, and which values its heights are. */
export function zoomData(y: Scale, { left, right }: Sides, format: TickFormat) {
  const [low, high] = [y.ticks[0]!, y.ticks.at(-1)!];
  const heights = [low, y.of(low), high, y.of(high)].join(' ');
  return {
    'data-plot': [left, PLOT.top, right, PLOT.bottom].join(' '),
    'data-y': `${y.isLogarithmic ? 'logarithmic' : 'linear'} ${format} ${heights}`,
  } as const;
}

export interface EndLabel {
  readonly text: string;
  readonly executor: string | undefined;
  /** Which of the plot's lines it is the name of. */
  readonly series: number;
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
    const place = { 'data-series': label.series, 'data-x': label.x, 'data-y': label.y };
    return toned(looks(label.executor), element('g', place, text, leader(label, y, right)));
  });
  return { drawn: element('g', { class: 'ends' }, drawn), leftOut: leftOut.map(({ text }) => text) };
}

/** From the end of a line that is far from its name. */
function leader({ x, y }: EndLabel, labelY: number, right: number): Markup | null {
  return right - x > 24 ? rule(x + 8, y, right + LABEL_GAP - 3, labelY) : null;
}
