import { formatPredicate, isLatency } from '../../predicate.js';
import type { AxisPoint, ExecutorResult, ParamValue, ScenarioResult } from '../../schema/index.js';
import { isPool, pairOf } from '../pairs.js';
import { ratePerSecond } from '../words/capacity.js';
import {
  axisLabel,
  axisValue,
  type ExecutorFamily,
  familyOf,
  labelOf,
  rateText,
  textOf,
  variantLabel,
} from '../words/labels.js';
import { type Figure, figureOf, intervalOf } from './figure.js';
import type { PlaceResult } from './groups.js';
import { tellingLines } from './telling-lines.js';
import type { ChartView, LineView, PointView } from './types.js';

/** Where on the x axis a value lies: by value where all are numbers, else by rank. */
interface Places {
  readonly ticks: ChartView['xTicks'];
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

interface LabelledPoint {
  readonly label: string;
  readonly family: ExecutorFamily;
  readonly isLevel?: boolean;
  readonly executor: string;
  readonly x: number;
  readonly y: number;
  readonly band: PointView['band'];
}

function lineOf(executor: ExecutorResult): Pick<LabelledPoint, 'label' | 'family' | 'executor'> {
  const { variant } = executor;
  return { label: labelOf(executor), family: familyOf(variant), executor: variant.name };
}

function linesOf(points: readonly LabelledPoint[]): LineView[] {
  const labels = [...new Set(points.map(({ label }) => label))];
  return labels.map(label => {
    const own = points.filter(point => point.label === label);
    const { family, executor, isLevel = false } = own[0]!;
    return { label, family, executor, isLevel, points: own.map(({ x, y, band = null }) => ({ x, y, band })) };
  });
}

/** The figure of a scenario along the axis of an executor's variants; an executor without a place on it is a level line. */
export function variantsChart(result: ScenarioResult): ChartView | null {
  const figure = figureOf([result]);
  const measured = result.executors.filter(executor => figure.of(executor) !== null);
  const axes = measured.flatMap(({ variant: { axis } }) => (axis === null ? [] : [axis]));
  const [first] = axes;
  if (first === undefined) return null;
  // Versions and other categories stand as bars in the table.
  if (typeof first.value !== 'number' && result.alternatives.length > 1) return null;
  const places = placesOf(axes.filter(axis => axis.name === first.name));
  const points = measured.map(executor => {
    const { axis } = executor.variant;
    const x = axis === null ? places.ticks[0]!.x : places.of(axis.value);
    const [label, y, band] = [variantLabel(executor), figure.of(executor)!, figure.interval(executor)];
    return { ...lineOf(executor), label, isLevel: axis === null, x, y, band };
  });
  return chartOf({
    lines: linesOf(points),
    xTicks: places.ticks,
    title: `${figure.title} by ${axisLabel(first.name)}`,
    lessIsBetter: figure.lessIsBetter,
  });
}

/**
 * Each executor along the axis of its scenarios: the figure that they are compared by; where that is throughput, and there
 * are loops and pools, as a multiple of the fastest loop's at the same place.
 */
export function sweepChart(scenarios: readonly PlaceResult[]): ChartView | null {
  const axes = scenarios.map(({ scenario: { axis } }) => axis);
  const places = placesOf(axes);
  const figure = figureOf(scenarios);
  const measured = scenarios.map(result => ({
    result,
    known: result.executors.filter(one => figure.of(one) !== null),
  }));
  const kinds = new Set(measured.flatMap(({ known }) => known.map(isPool)));
  const relative = kinds.size === 2 && !figure.lessIsBetter;
  const points = measured.flatMap(({ result, known }) => {
    const x = places.of(result.scenario.axis.value);
    const heights = relative
      ? timesFastestLoop(result, known, figure)
      : known.map(executor => ({ executor, y: figure.of(executor)!, band: figure.interval(executor) }));
    return heights.map(({ executor, ...height }) => ({ ...lineOf(executor), x, ...height }));
  });
  return chartOf({
    lines: linesOf(points),
    xTicks: places.ticks,
    title: `${relative ? '× the fastest loop' : figure.title} by ${axisLabel(axes[0]!.name)}`,
    yMarks: relative ? [1] : [],
    lessIsBetter: figure.lessIsBetter,
  });
}

/** With the intervals of pairs within rounds; nothing where there is no loop. */
function timesFastestLoop(result: ScenarioResult, known: readonly ExecutorResult[], figure: Figure) {
  const loops = known.filter(one => !isPool(one)).toSorted((a, b) => figure.of(b)! - figure.of(a)!);
  const [fastest] = loops;
  if (fastest === undefined) return [];
  return known.map(executor => {
    const pair = executor === fastest ? null : pairOf(result, executor.variant.id, fastest.variant.id);
    const { ratio = figure.of(executor)! / figure.of(fastest)! } = pair ?? {};
    return { executor, y: ratio, band: intervalOf(pair) };
  });
}

/** Latency against rate, of those that keep up; the objective as a level line. */
export function rateChart(scenarios: readonly ScenarioResult[]): ChartView | null {
  const figure = figureOf(scenarios);
  const points = scenarios.flatMap(result =>
    result.executors.flatMap(executor => {
      const y = figure.of(executor);
      return y === null
        ? []
        : [{ ...lineOf(executor), x: ratePerSecond(result), y, band: figure.interval(executor) }];
    }),
  );
  const xTicks = scenarios.map(ratePerSecond).map(x => ({ x, label: rateText(x) }));
  const limit = scenarios[0]!.scenario.slo.find(
    ({ metric }) => isLatency(metric) && figure.title.startsWith(`${metric} `),
  );
  const limits = limit === undefined ? [] : [limit];
  const limitLines = limits.map((one): LineView => {
    const points = [{ x: xTicks[0]!.x, y: one.value }];
    return { label: formatPredicate(one), family: null, isLevel: true, points };
  });
  return chartOf({
    lines: [...linesOf(points), ...limitLines],
    xTicks,
    title: `${figure.title} by rate`,
    yMarks: limits.map(({ value }) => value),
    lessIsBetter: figure.lessIsBetter,
    mayBeLogarithmic: true,
  });
}

/** Null where there is nothing to draw, or nothing along which. */
function chartOf(
  chart: Omit<ChartView, 'yMarks' | 'mayBeLogarithmic' | 'leftOut'> & Partial<ChartView>,
): ChartView | null {
  if (chart.lines.length === 0 || chart.xTicks.length < 2) return null;
  return { yMarks: [], mayBeLogarithmic: false, ...chart, ...tellingLines(chart.lines, chart.lessIsBetter) };
}
