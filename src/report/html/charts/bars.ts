import type { BarsView, BarView } from '../../view/picture-types.js';
import { barWords } from '../../words/hover.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe } from './frame.js';
import { mark, series, toned } from './marks.js';
import { BAR, EDGE, heightOf, ROW_HEIGHT, rowAxis, rowHead, ruleThroughRows } from './rows.js';
import { lengthScale, type Scale, tickText } from './scales.js';

const TICKS = 4;

/** A bar for each executor, with its interval. */
export function drawBars({ bars, quantity, mark: level }: BarsView, looks: Looks): Drawing {
  const most = Math.max(level ?? 0, ...bars.flatMap(({ value, interval }) => [value, interval?.[1] ?? 0]));
  const scale = lengthScale(most, EDGE.left, EDGE.right, TICKS);
  return {
    height: heightOf(bars.length),
    description: describe(bars.map(({ label, text }) => `${label} ${text}`)),
    content: [
      rowAxis(scale, 0, bars.length, tick => tickText(quantity, tick)),
      bars.map((bar, row) =>
        series(mark(barWords(bar, quantity), drawBar(bar, row * ROW_HEIGHT, scale, looks))),
      ),
      level === null ? null : ruleThroughRows(scale.of(level), 0, bars.length, true),
    ],
  };
}

function drawBar(bar: BarView, top: number, scale: Scale, looks: Looks): Markup[] {
  const look = looks(bar.executor);
  const y = top + BAR.top;
  const width = Math.max(1, scale.of(bar.value) - EDGE.left);
  const rectangle = element('rect', {
    x: EDGE.left,
    y,
    width,
    height: BAR.height,
    rx: 1.5,
    fill: 'currentColor',
    'fill-opacity': '0.8',
  });
  const whisker = bar.interval === null ? [] : [drawInterval(bar.interval, y + BAR.height / 2, scale)];
  return [...rowHead(look, bar.label, bar.text, top), toned(look, rectangle), ...whisker];
}

/** From end to end, with caps that are seen where it is short. */
export function drawInterval(interval: readonly [number, number], y: number, scale: Scale): Markup {
  const [low, high] = interval.map(value => scale.of(value).toFixed(1));
  const cap = BAR.height / 2 + 1;
  return element('path', {
    d: `M${low} ${y - cap}v${2 * cap}M${low} ${y}H${high}M${high} ${y - cap}v${2 * cap}`,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.4,
  });
}
