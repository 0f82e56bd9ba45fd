import { area, line } from 'd3-shape';
import { amount, amountTick } from '../../format.js';
import type { ChartView, LineView, PointView } from '../../view/types.js';
import { placeWords } from '../../words/hover.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { dashesOf } from './dashes.js';
import { type Drawing, describe } from './frame.js';
import { mark, rule, series, symbolAt, toned } from './marks.js';
import { endLabels, PLOT, sidesFor, xAxis, yAxis, zoomData, zooming } from './plot.js';
import { heightScale, placeScale, type Scale } from './scales.js';

interface Scales {
  readonly x: (value: number) => number;
  readonly y: Scale;
}

/** Lines along an axis with bands of their intervals; levels and laws without symbols. */
export function drawLines(chart: ChartView, looks: Looks): Drawing {
  const { xTicks, yMarks } = chart;
  const lines = chart.lines.map(one => ({ ...one, points: pathOf(one, chart) }));
  const values = lines.flatMap(({ points }) => points.flatMap(({ y, band }) => [y, ...(band ?? [])]));
  const y = heightScale([...values, ...yMarks], {
    from: PLOT.bottom,
    to: PLOT.top,
    mayBeLogarithmic: chart.mayBeLogarithmic,
  });
  const sides = sidesFor(
    y.ticks.map(amountTick),
    lines.map(({ label }) => label),
  );
  const places = xTicks.map(tick => tick.x);
  const scales = { x: placeScale(places, sides.left + 10, sides.right - 8), y };
  const ends = lines.map(({ label, executor, points }, at) => {
    const last = points.at(-1)!;
    return { text: label, executor, series: at, x: scales.x(last.x), y: y.of(last.y) };
  });
  const { drawn, leftOut } = endLabels(ends, sides, looks);
  const dashes = dashesOf(lines);
  const hasModel = lines.some(({ isModel }) => isModel === true);
  return {
    height: PLOT.height,
    description: descriptionOf(chart, leftOut),
    content: [
      yAxis(y, sides, amountTick),
      xAxis(xTicks.map(({ x, label }) => ({ at: scales.x(x), label }))),
      zooming(
        yMarks.map(level => rule(sides.left, y.of(level), sides.right, y.of(level), true)),
        lines.map(one => toned(looks(one.executor), drawBand(one.points, scales))),
        lines.map((one, at) =>
          series(
            toned(looks(one.executor), drawLine(one, { dash: dashes[at]!, hasModel, xTicks }, scales, looks)),
          ),
        ),
      ),
      drawn,
    ],
    zoom: zoomData(y, sides, 'amount'),
  };
}

/** A level goes from end to end. */
function pathOf({ points, isLevel }: LineView, { xTicks }: ChartView): readonly PointView[] {
  if (!isLevel) return points.toSorted((a, b) => a.x - b.x);
  const [from, to] = [xTicks[0]!.x, xTicks.at(-1)!.x];
  return [from, to].map(x => ({ ...points[0]!, x }));
}

function drawBand(points: readonly PointView[], { x, y }: Scales): Markup | null {
  const known = points.flatMap(({ x: at, band }) =>
    band == null ? [] : [{ at, low: band[0], high: band[1] }],
  );
  if (known.length < 2) return null;
  const shape = area<(typeof known)[number]>()
    .x(({ at }) => x(at))
    .y0(({ low }) => y.of(low))
    .y1(({ high }) => y.of(high))
    .digits(2);
  return element('path', { d: shape(known) ?? '', fill: 'currentColor', 'fill-opacity': '0.14' });
}

/** Beside a law points are what was measured, and the line is the law's. */
function drawLine(
  one: LineView,
  { dash, hasModel, xTicks }: LineLook,
  { x, y }: Scales,
  looks: Looks,
): Markup[] {
  const { label, points, isLevel, isModel = false, family, executor } = one;
  const shape = line<PointView>()
    .x(point => x(point.x))
    .y(point => y.of(point.y))
    .digits(2);
  const path = element('path', {
    d: shape([...points]) ?? '',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.8,
    'stroke-dasharray': family === null ? '4 3' : hasModel ? null : dash,
  });
  const isHollow = dash !== null && !hasModel;
  const symbols = points.map(point =>
    mark(
      placeWords(label, placeText(xTicks, point.x), point.y, point.band ?? null),
      symbolAt(looks(executor), x(point.x), y.of(point.y), isHollow),
    ),
  );
  return [...(isModel || !hasModel ? [path] : []), ...(isLevel || isModel ? [] : symbols)];
}

interface LineLook {
  readonly dash: string | null;
  readonly hasModel: boolean;
  readonly xTicks: ChartView['xTicks'];
}

function placeText(xTicks: ChartView['xTicks'], x: number): string {
  return xTicks.find(tick => tick.x === x)?.label ?? amount(x);
}

function descriptionOf({ lines, xTicks }: ChartView, leftOut: readonly string[]): string {
  const place = (x: number) => placeText(xTicks, x);
  const said = lines.map(({ label, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    if (points.length === 1) return `${label} ${amount(first.y)}`;
    return `${label} from ${amount(first.y)} at ${place(first.x)} to ${amount(last.y)} at ${place(last.x)}`;
  });
  return describe([...said, ...(leftOut.length === 0 ? [] : [`not labelled: ${leftOut.join(', ')}`])]);
}
