import { times } from '../../format.js';
import { widthOf } from '../../text.js';
import type { TrendPointView, TrendSeriesView } from '../../view/trends.js';
import type { Look, Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe, pixelsOf } from './frame.js';
import { rule, symbolAt, textAt, toned } from './marks.js';
import { PLOT, xAxis, yAxis } from './plot.js';
import { ratioScale } from './ratio-scale.js';
import type { Scale } from './scales.js';
import { SPAN, timeAxis } from './time-axis.js';

/** Above the plot, for what changed. */
const HEADROOM = 18;
/** More are drawn as dots: symbols would hide each other. */
const MOST_SYMBOLS = 40;
/** From here on a change's text stands at its left. */
const LATE = 0.6;

interface Scales {
  x(ms: number): number;
  readonly y: Scale;
}

/** A ratio from run to run over time, with intervals, the levels between change points, and these. */
export function drawTrend(series: TrendSeriesView, looks: Looks): Drawing {
  const { points, levels, changes, description, executor } = series;
  const values = points.flatMap(({ ratio, interval }) => [ratio, ...(interval ?? [])]);
  const y = ratioScale(values, PLOT.bottom, PLOT.top + HEADROOM);
  const { x, ticks } = timeAxis(points);
  const scales = { x, y };
  const look = looks(executor);
  const isDense = points.length > MOST_SYMBOLS;
  return {
    height: PLOT.height,
    description: describe(description.split('; ')),
    content: [
      yAxis(y, SPAN, times),
      xAxis(ticks),
      drawChanges(changes, scales),
      toned(
        look,
        intervals(points, scales),
        levels.map(({ fromMs, toMs, ratio }) => level(scales.x(fromMs), scales.x(toMs), y.of(ratio))),
        points.map(point => drawPoint(point, scales, look, isDense)),
      ),
    ],
  };
}

/** What a text would cover of another one is left to the table. */
function drawChanges(changes: TrendSeriesView['changes'], { x }: Scales): Markup[] {
  let end = 0;
  return changes.flatMap(({ atMs, text }) => {
    const at = x(atMs);
    const mark = rule(at, PLOT.top, at, PLOT.bottom, true);
    const width = pixelsOf(widthOf(text));
    const isLate = at > SPAN.left + LATE * (SPAN.right - SPAN.left);
    const start = isLate ? at - 5 - width : at + 5;
    if (start < end) return [mark];
    end = start + width;
    const anchor = isLate ? 'end' : 'start';
    return [mark, textAt(text, isLate ? at - 5 : at + 5, PLOT.top + 8, { anchor, size: 12 })];
  });
}

/** One path for all: a thousand of them are no longer than they need to be. */
function intervals(points: readonly TrendPointView[], { x, y }: Scales): Markup | null {
  const parts = points.flatMap(({ atMs, interval }) => {
    if (interval === null) return [];
    const [low, high] = interval.map(value => y.of(value).toFixed(1));
    return [`M${x(atMs).toFixed(1)} ${low}V${high}`];
  });
  if (parts.length === 0) return null;
  const attributes = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.2, 'stroke-opacity': '0.45' };
  return element('path', { d: parts.join(''), ...attributes });
}

function level(from: number, to: number, y: number): Markup {
  const [left, right] = to > from ? [from, to] : [from - 4, to + 4];
  return element('path', {
    d: `M${left.toFixed(1)} ${y.toFixed(1)}H${right.toFixed(1)}`,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2.4,
    'stroke-opacity': '0.6',
  });
}

/** What is WEAK is hollow. */
function drawPoint(point: TrendPointView, { x, y }: Scales, look: Look, isDense: boolean): Markup {
  const [at, height] = [x(point.atMs), y.of(point.ratio)];
  const attributes = { cx: at, cy: height, r: 2.5, stroke: 'currentColor' };
  const mark = isDense
    ? element('circle', { ...attributes, fill: point.isWeak ? 'none' : 'currentColor' })
    : symbolAt(look, at, height, point.isWeak);
  return element('g', {}, element('title', {}, point.text), mark);
}
