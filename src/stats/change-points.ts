import { createRandom, type Random } from '../random.js';
import { median } from './quantile.js';
import { tQuantile } from './student-t.js';
import { type Arc, widestArc } from './widest-arc.js';

/** What one run says of a figure. */
export interface MeasuredPoint {
  /** ln(ratio). */
  readonly value: number;
  /** Of that, from its forks. */
  readonly standardError: number;
  /** Of the standard error: forks − 1. */
  readonly degreesOfFreedom: number;
}

/** From here on the figure is another. */
export interface ChangePoint {
  /** Index of the first point after it. */
  readonly at: number;
  /** Weighted means from the change point before this one on, and up to the next. */
  readonly before: number;
  readonly after: number;
  /** after − before, with its 95 % interval. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
}

/** Of series in which nothing changed so many have a change point at most. */
export const FALSE_ALARMS = 0.05;
const FEWEST = 3;
const SHUFFLES = 999;
/** With fewer points there are too few orders to shuffle them into. */
const FEWEST_TO_SHUFFLE = 8;
/** From here on a change is one that two runs at least have seen. */
const FEWEST_FOR_PAIRS = 6;
const SEED = 2004;
/** Median of |x| of a normal distribution. */
const NORMAL_MEDIAN = 0.6745;
/** A t of more is nearly normal. */
const MOST_DEGREES = 30;
const QUANTILE = 0.975;

/**
 * Where a figure that was measured again and again became another: circular binary segmentation (Olshen, Venkatraman, Lucito
 * & Wigler, Biostatistics 5, 2004), for values with standard errors. Of all stretches of a series the one is taken whose
 * weighted mean is farthest from that of the rest, in standard errors; so a level that came back is found as well as one that
 * stayed. It counts where chance does not make such a stretch in more than 5 % of series: the points, each with its standard
 * error, are shuffled 999 times (a permutation test that stops as soon as it is decided; Besag & Clifford, Biometrika 78,
 * 1991), which holds whatever their distribution is. Fewer than 8 points have too few orders for that: there noise is drawn
 * from Student's t of each run's own forks, in which a few forks claim no more than they know. Parts are searched again, each
 * at its share of the level. Each place is then put where it fits best between its neighbours, and stays if the interval of its
 * change excludes none.
 *
 * A run weighs no more than the middle one does for forks of that number that happened to agree, and where neighbours differ
 * by more than their forks say each standard error is as much larger. Pure, and the same each time.
 *
 * @param points in the order of time
 */
export function changePoints(points: readonly MeasuredPoint[]): ChangePoint[] {
  if (points.length < FEWEST) return [];
  const series = seriesOf(points);
  const found = boundariesIn(series, 0, points.length, FALSE_ALARMS, createRandom(SEED));
  return settled(series, found);
}

interface Series {
  readonly values: readonly number[];
  /** Standard errors that weights are made of. */
  readonly errors: readonly number[];
  readonly degreesOfFreedom: readonly number[];
}

function seriesOf(points: readonly MeasuredPoint[]): Series {
  const values = points.map(({ value }) => value);
  // A standard error of the middle size for its number of forks.
  const usual = median(
    points.map(({ standardError, degreesOfFreedom: df }) => standardError ** 2 * (df + 1)),
  )!;
  const squares = points.map(({ standardError, degreesOfFreedom: df }) =>
    Math.max(standardError ** 2, usual / (df + 1), Number.EPSILON ** 2),
  );
  const between = varianceBetween(values, squares);
  const degreesOfFreedom = points.map(({ degreesOfFreedom: df }) => Math.min(Math.max(1, df), MOST_DEGREES));
  return { values, errors: squares.map(square => Math.sqrt(square + between)), degreesOfFreedom };
}

/** Of runs, beyond that of their forks: from neighbours, of which few have a change between them. */
function varianceBetween(values: readonly number[], squares: readonly number[]): number {
  if (values.length < FEWEST_TO_SHUFFLE) return 0;
  const steps = values.slice(1).map((value, at) => (value - values[at]!) ** 2);
  const expected = squares.slice(1).map((square, at) => square + squares[at]!);
  return Math.max(0, median(steps)! / NORMAL_MEDIAN ** 2 - median(expected)!) / 2;
}

/** Of its first points after a change, ascending. */
function boundariesIn(series: Series, from: number, to: number, level: number, random: Random): number[] {
  const length = to - from;
  if (length < FEWEST) return [];
  const values = series.values.slice(from, to);
  const weights = series.errors.slice(from, to).map(error => error ** -2);
  const least = length < FEWEST_FOR_PAIRS ? 1 : 2;
  const arc = widestArc(values, weights, least);
  if (arc === null || !isBeyondChance(series, from, arc, { values, weights, least, level, random }))
    return [];
  const cuts = [from + arc.from, from + arc.to].filter(at => at > from && at < to);
  const edges = [from, ...cuts, to];
  return edges.slice(1).flatMap((end, part) => {
    const start = edges[part]!;
    const inside = boundariesIn(series, start, end, (level * (end - start)) / length, random);
    return end < to ? [...inside, end] : inside;
  });
}

interface Test {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly least: number;
  readonly level: number;
  readonly random: Random;
}

function isBeyondChance(series: Series, from: number, arc: Arc, test: Test): boolean {
  const draw = test.values.length < FEWEST_TO_SHUFFLE ? noiseOf(series, from, test) : shufflesOf(test);
  const most = Math.floor(test.level * (SHUFFLES + 1)) - 1;
  let asFar = 0;
  for (let drawn = 0; drawn < SHUFFLES && asFar <= most; drawn++) {
    const other = draw();
    if (other !== null && other.square >= arc.square) asFar++;
  }
  return asFar <= most;
}

/** The same points in other orders: values with their weights. */
function shufflesOf({ values, weights, least, random }: Test) {
  const points = values.map((value, at) => ({ value, weight: weights[at]! }));
  return () => {
    for (let i = points.length - 1; i > 0; i--) {
      const j = random.int(i + 1);
      [points[i], points[j]] = [points[j]!, points[i]!];
    }
    return widestArc(
      points.map(({ value }) => value),
      points.map(({ weight }) => weight),
      least,
    );
  };
}

/** What forks of such spread would have made of no change at all. */
function noiseOf(
  { errors, degreesOfFreedom }: Series,
  from: number,
  { values, weights, least, random }: Test,
) {
  return () => {
    const noise = values.map((_, at) => errors[from + at]! * studentOf(degreesOfFreedom[from + at]!, random));
    return widestArc(noise, weights, least);
  };
}

function studentOf(degreesOfFreedom: number, random: Random): number {
  let squares = 0;
  for (let i = 0; i < degreesOfFreedom; i++) squares += normalOf(random) ** 2;
  return normalOf(random) / Math.sqrt(squares / degreesOfFreedom);
}

/** Box and Muller's. */
function normalOf(random: Random): number {
  return Math.sqrt(-2 * Math.log1p(-random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Each where it fits best between its neighbours; without those whose change may be none. */
function settled(series: Series, found: readonly number[]): ChangePoint[] {
  let places = [...found];
  for (;;) {
    for (const [index, at] of places.entries())
      places[index] = bestPlace(series, places[index - 1] ?? 0, places[index + 1], at);
    const changes = changesAt(series, places);
    const least = changes.toSorted((a, b) => surenessOf(a) - surenessOf(b))[0];
    if (least === undefined || least.low > 0 || least.high < 0) return changes;
    places = places.filter(at => at !== least.at);
  }
}

function surenessOf({ change, low, high }: ChangePoint): number {
  return Math.abs(change) / (high - low);
}

function bestPlace({ values, errors }: Series, from: number, next: number | undefined, at: number): number {
  const to = next ?? values.length;
  const weights = errors.slice(from, to).map(error => error ** -2);
  const least = Math.min(to - from < FEWEST_FOR_PAIRS ? 1 : 2, at - from, to - at);
  const arc = widestArc(values.slice(from, to), weights, least, 'from the start');
  return arc === null ? at : from + arc.to;
}

/** Of a stretch between two change points. */
interface Level {
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
  readonly degreesOfFreedom: number;
}

function changesAt(series: Series, places: readonly number[]): ChangePoint[] {
  const { values, errors, degreesOfFreedom } = series;
  const edges = [0, ...places, values.length];
  const levels = edges.slice(1).map((end, part): Level => {
    const [start, weights] = [edges[part]!, errors.slice(edges[part], end).map(error => error ** -2)];
    return {
      mean: weightedMean(values.slice(start, end), weights),
      variance: 1 / sum(weights),
      degreesOfFreedom: sum(degreesOfFreedom.slice(start, end)),
    };
  });
  const left = values.length - levels.length;
  const squares = values.map((value, at) => {
    const level = levels[edges.findLastIndex(edge => edge <= at)]!;
    return ((value - level.mean) / errors[at]!) ** 2;
  });
  const scatter = left > 0 ? Math.sqrt(Math.max(1, sum(squares) / left)) : 1;
  return places.map((at, index) => changeOf(at, levels[index]!, levels[index + 1]!, { scatter, left }));
}

/**
 * Welch's interval of the difference of two weighted means. Where runs of one level scatter by more than their standard
 * errors say it is as much wider (Birge, Physical Review 40, 1932).
 */
function changeOf(
  at: number,
  a: Level,
  b: Level,
  { scatter, left }: { readonly scatter: number; readonly left: number },
): ChangePoint {
  const change = b.mean - a.mean;
  const variance = a.variance + b.variance;
  const own = variance ** 2 / (a.variance ** 2 / a.degreesOfFreedom + b.variance ** 2 / b.degreesOfFreedom);
  const reach = tQuantile(QUANTILE, scatter > 1 ? Math.min(own, left) : own) * scatter * Math.sqrt(variance);
  return { at, before: a.mean, after: b.mean, change, low: change - reach, high: change + reach };
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, at) => value * weights[at]!)) / sum(weights);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
