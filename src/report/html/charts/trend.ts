import { scaleUtc } from 'd3-scale';
import { times } from '../../format.js';
import type { TrendPointView, TrendSeriesView } from '../../view/trends.js';
import type { Look, Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe, WIDTH } from './frame.js';
import { rule, symbolAt, textAt, toned } from './marks.js';
import { PLOT, xAxis, yAxis } from './plot.js';
import { ratioScale } from './ratio-scale.js';
import type { Scale } from './scales.js';

/** Above the plot, for what changed. */
const HEADROOM = 18;
const LEFT = 52;
const RIGHT = WIDTH - 12;
const TICKS = 4;
/** More are drawn as dots: symbols would hide each other. */
const MOST_SYMBOLS = 40;
const HALF_A_DAY_MS = 43_200_000;
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
  const [first, last] = [points[0]!.atMs, points.at(-1)!.atMs];
  const pad = first === last ? HALF_A_DAY_MS : 0;
  const time = scaleUtc([first - pad, last + pad], [LEFT + 8, RIGHT - 4]);
  const scales = { x: (ms: number) => time(ms), y };
  const look = looks(executor);
  const isDense = points.length > MOST_SYMBOLS;
  return {
    height: PLOT.height,
    description: describe(description.split('; ')),
    content: [
      yAxis(y, { left: LEFT, right: RIGHT }, times),
      xAxis(timeTicks(time.ticks(TICKS), time)),
      changes.map(change => drawChange(change, scales)),
      toned(
        look,
        intervals(points, scales),
        levels.map(({ fromMs, toMs, ratio }) => level(scales.x(fromMs), scales.x(toMs), y.of(ratio))),
        points.map(point => drawPoint(point, scales, look, isDense)),
      ),
    ],
  };
}

function timeTicks(ticks: readonly Date[], time: (at: Date) => number) {
  const isDays = ticks.every(tick => tick.toISOString().endsWith('T00:00:00.000Z'));
  return ticks.map(tick => {
    const text = tick.toISOString();
    return { at: time(tick), label: isDays ? text.slice(0, 10) : text.slice(5, 16).replace('T', ' ') };
  });
}

function drawChange({ atMs, text }: TrendSeriesView['changes'][number], { x }: Scales): Markup[] {
  const at = x(atMs);
  const isLate = at > LEFT + LATE * (RIGHT - LEFT);
  const label = textAt(text, isLate ? at - 5 : at + 5, PLOT.top + 8, {
    anchor: isLate ? 'end' : 'start',
    size: 12,
  });
  return [rule(at, PLOT.top, at, PLOT.bottom, true), label];
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
