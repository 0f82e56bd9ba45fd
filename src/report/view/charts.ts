import type { AxisPoint, ParamValue, ScenarioResult } from '../../schema/index.js';
import { type ChartSpec, renderChart, type Series } from '../terminal/chart.js';
import { tellingLines } from '../terminal/chart-lines.js';
import type { Paint } from '../terminal/paint.js';
import { truncate } from '../text.js';
import {
  axisLabel,
  axisValue,
  type ExecutorFamily,
  familyOf,
  labelOf,
  textOf,
  variantLabel,
} from '../words/labels.js';
import { figureOf } from './figure.js';

/** Hollow symbols are loops, filled ones pools: without colour the two are told apart at a glance. */
const SYMBOLS: Readonly<Record<ExecutorFamily, readonly string[]>> = {
  loop: ['○', '□', '△', '◇'],
  threads: ['●', '■', '▲', '◆'],
  processes: ['◉', '▣', '▼', '◈'],
};
const HEIGHT = 8;
const WIDEST = 72;

/** Where on the x axis a value lies: by value where all are numbers, else by rank. */
interface Places {
  readonly ticks: ChartSpec['xTicks'];
  of(value: ParamValue): number;
}

function placesOf(points: readonly AxisPoint[]): Places {
  const unique = [...new Map(points.map(point => [textOf(point.value), point])).values()];
  const numeric = unique.every(({ value }) => typeof value === 'number');
  const sorted = numeric ? unique.sort((a, b) => Number(a.value) - Number(b.value)) : unique;
  const ranks = new Map(sorted.map(({ value }, rank) => [textOf(value), rank]));
  const of = (value: ParamValue) => (numeric ? Number(value) : ranks.get(textOf(value))!);
  return { ticks: sorted.map(point => ({ x: of(point.value), label: axisValue(point) })), of };
}

/** The figure of a scenario along the axis of an executor's variants; an executor without a place on it is a level line. */
export function variantsChart(result: ScenarioResult, width: number, paint: Paint): string[] {
  const figure = figureOf([result]);
  const measured = result.executors.filter(executor => figure.of(executor) !== null);
  const axes = measured.flatMap(({ variant: { axis } }) => (axis === null ? [] : [axis]));
  const name = axes[0]?.name;
  if (name === undefined) return [];
  const places = placesOf(axes.filter(axis => axis.name === name));
  const lines = new Map<string, { family: ExecutorFamily; points: { x: number; y: number }[] }>();
  for (const executor of measured) {
    const label = variantLabel(executor);
    const line = lines.get(label) ?? { family: familyOf(executor.variant), points: [] };
    const x = executor.variant.axis === null ? places.ticks[0]!.x : places.of(executor.variant.axis.value);
    line.points.push({ x, y: figure.of(executor)! });
    lines.set(label, line);
  }
  const { title: yLabel, lessIsBetter } = figure;
  return draw({ lines, places, name, yLabel, lessIsBetter, yMarks: [], width, paint });
}

/**
 * Each executor along the axis of its scenarios: the figure that they are compared by; where that is throughput, and there
 * are loops and pools, as a multiple of the fastest loop's at the same place.
 */
export function sweepChart(scenarios: readonly ScenarioResult[], width: number, paint: Paint): string[] {
  const places = placesOf(scenarios.flatMap(({ scenario: { axis } }) => (axis === null ? [] : [axis])));
  const figure = figureOf(scenarios);
  const known = scenarios.map(({ executors }) => executors.filter(one => figure.of(one) !== null));
  const isLoop = new Set(known.flat().map(({ variant }) => !variant.capabilities.workers));
  const relative = isLoop.size === 2 && !figure.lessIsBetter;
  const lines = new Map<string, { family: ExecutorFamily; points: { x: number; y: number }[] }>();
  scenarios.forEach(({ scenario: { axis } }, at) => {
    const loops = known[at]!.filter(({ variant }) => !variant.capabilities.workers).map(
      one => figure.of(one)!,
    );
    if (axis === null || (relative && loops.length === 0)) return;
    const unit = relative ? Math.max(...loops) : 1;
    for (const executor of known[at]!) {
      const label = labelOf(executor);
      const line = lines.get(label) ?? { family: familyOf(executor.variant), points: [] };
      line.points.push({ x: places.of(axis.value), y: figure.of(executor)! / unit });
      lines.set(label, line);
    }
  });
  const yLabel = relative ? '× the fastest loop' : figure.title;
  const name = scenarios[0]!.scenario.axis!.name;
  const { lessIsBetter } = figure;
  return draw({ lines, places, name, yLabel, lessIsBetter, yMarks: relative ? [1] : [], width, paint });
}

/** A line of a chart; one without a family is a limit. */
export interface Line {
  readonly label: string;
  readonly family: ExecutorFamily | null;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

interface Drawing {
  readonly lines: ReadonlyMap<string, Omit<Line, 'label'>>;
  readonly places: Places;
  readonly name: string;
  readonly yLabel: string;
  readonly lessIsBetter: boolean;
  readonly yMarks: readonly number[];
  readonly width: number;
  readonly paint: Paint;
}

function draw({ lines, places, name, yLabel, ...others }: Drawing): string[] {
  return drawLines({
    ...others,
    lines: [...lines].map(([label, line]) => ({ label, ...line })),
    xTicks: places.ticks,
    title: `${yLabel} by ${axisLabel(name)}`,
  });
}

/** From here on what is small would lie on the axis. */
const WIDE_RANGE = 20;
const EVEN_STEPS = 3;

/** A chart of the lines that tell most, with the symbols of their families; logarithmic where the range asks for it. */
export function drawLines({
  lines: all,
  lessIsBetter,
  paint,
  width,
  xTicks,
  logarithmic = false,
  ...others
}: Pick<ChartSpec, 'xTicks' | 'title' | 'yMarks' | 'width'> & {
  readonly lines: readonly Line[];
  readonly lessIsBetter: boolean;
  readonly paint: Paint;
  /** Whether axes may be logarithmic where values are far apart. */
  readonly logarithmic?: boolean;
}): string[] {
  const { drawn: lines, leftOut } = tellingLines(all, lessIsBetter);
  const used: Record<ExecutorFamily, number> = { loop: 0, threads: 0, processes: 0 };
  const series = lines.map(({ label, family, points }): Series => {
    if (family === null) return { label, symbol: '┄', points, paint: text => paint.quiet(text) };
    const symbols = SYMBOLS[family];
    const symbol = symbols[used[family]++ % symbols.length]!;
    return { label, symbol, points, paint: text => paint.family[family](text) };
  });
  const peak = ({ points }: Series) => Math.max(...points.map(({ y }) => y));
  const ys = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter(y => y > 0);
  const xs = xTicks.map(({ x }) => x);
  const chart = renderChart({
    ...others,
    xTicks,
    series: series.sort((a, b) => peak(b) - peak(a)),
    width: Math.min(width, WIDEST),
    height: HEIGHT,
    logarithmicY: logarithmic && Math.max(...ys) > WIDE_RANGE * Math.min(...ys),
    logarithmicX: logarithmic && xs[0]! > 0 && xs.at(-1)! > EVEN_STEPS * xs[0]!,
    quiet: text => paint.quiet(text),
  });
  if (chart.length === 0 || leftOut.length === 0) return chart;
  const names = leftOut.map(({ label }) => label).join(', ');
  return [...chart, paint.quiet(truncate(`not drawn: ${names}`, Math.min(width, WIDEST)))];
}
