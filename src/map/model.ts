import type { MapModel } from '../schema/index.js';
import { patternSearch } from '../stats/pattern-search.js';
import type { CellView } from './cell.js';

/** Who is compared. */
export interface MapShape {
  readonly inFlight: number;
  readonly threadCount: number;
  /** Of the machine. */
  readonly cores: number;
}

/** What is fitted: what an unmeasured cell is filled from. */
export interface MapFit {
  /** What a task costs beside what it computes. */
  readonly loopOverheadMs: number;
  readonly threadOverheadMs: number;
  /** Cores' worth of computing that the threads get. */
  readonly cores: number;
  /** How much longer than asked a timer waits. */
  readonly timerLateMs: number;
}

interface CheckedModel extends MapModel {
  readonly fit: MapFit;
}

/** Four numbers are fitted: each cell that is left out in turn has to leave some more than that. */
const FEWEST_CELLS = 6;
/** How sharply waiting gives way to computing: the smaller of the two decides, and a little less where they are equal. */
const SHARPNESS = 12;
/** ln(ms) of the overheads, of the loop's and the threads'. */
const START = [Math.log(0.003), Math.log(0.006)];
const FIRST_LATE_MS = 0.6;
/** Of ln(overheads), ln(cores) and the timers' lateness in ms. */
const STEPS = [1, 1, 0.2, 0.4];
/** Of these steps, where one cell is left out of a fit that is known. */
const NEARBY = 1 / 4;
const LEAST_OVERHEAD = 1e-5;
const MOST_OVERHEAD = 1;
const LATEST_MS = 2;

/** The ideals with what they leave out: what a task costs more in each executor, cores that are not whole, timers that are late. */
export function predictedRatio(fit: MapFit, shape: MapShape, waitMs: number, cpuMs: number): number {
  const serviceMs = waitMs === 0 ? 0 : waitMs + fit.timerLateMs;
  const perMs = (cores: number, overheadMs: number) => {
    const ownMs = cpuMs + overheadMs;
    return softMinimum(shape.inFlight / (serviceMs + ownMs), cores / ownMs);
  };
  return perMs(fit.cores, fit.threadOverheadMs) / perMs(1, fit.loopOverheadMs);
}

/** Where between two times of computing threads begin to do more than so many times as much; an end where they do not cross. */
export function predictedCrossingMs(
  model: MapFit,
  shape: MapShape,
  {
    waitMs,
    lowMs,
    highMs,
    ratio,
  }: { readonly waitMs: number; readonly lowMs: number; readonly highMs: number; readonly ratio: number },
): number {
  let [from, to] = [lowMs, highMs];
  while (to / from > CLOSE) {
    const middle = Math.sqrt(from * to);
    if (predictedRatio(model, shape, waitMs, middle) > ratio) to = middle;
    else from = middle;
  }
  return Math.sqrt(from * to);
}

/** Nobody reads more digits. */
const CLOSE = 1.01;

function softMinimum(a: number, b: number): number {
  const [less, more] = a < b ? [a, b] : [b, a];
  return less * (1 + (less / more) ** SHARPNESS) ** (-1 / SHARPNESS);
}

/** Least squares on ln(ratio). Null: too few cells. */
export function modelOf(cells: readonly CellView[], shape: MapShape): CheckedModel | null {
  const known = cells.filter(({ ratio }) => ratio !== null);
  if (known.length < FEWEST_CELLS) return null;
  const cores = Math.min(shape.threadCount, shape.cores);
  const whole = fitTo(known, shape, [...START, Math.log(cores), FIRST_LATE_MS], 1);
  const checks = known.map(({ waitMs, cpuMs, ratio }, at) => {
    const fit = fitAt(fitTo(known.toSpliced(at, 1), shape, whole, NEARBY), shape);
    return { waitMs, cpuMs, predicted: predictedRatio(fit, shape, waitMs, cpuMs), measured: ratio! };
  });
  return { fit: fitAt(whole, shape), checks };
}

/** From a fit to all cells; @param scale of the first steps */
function fitTo(
  cells: readonly CellView[],
  shape: MapShape,
  start: readonly number[],
  scale: number,
): readonly number[] {
  const squares = (point: readonly number[]) => {
    const fit = fitAt(point, shape);
    return cells.reduce((sum, { waitMs, cpuMs, ratio }) => {
      return sum + Math.log(ratio! / predictedRatio(fit, shape, waitMs, cpuMs)) ** 2;
    }, 0);
  };
  return patternSearch(
    start,
    STEPS.map(step => step * scale),
    squares,
  );
}

function fitAt([loop, threads, cores, lateMs]: readonly number[], { threadCount }: MapShape): MapFit {
  const overhead = (log: number) => within(Math.exp(log), LEAST_OVERHEAD, MOST_OVERHEAD);
  return {
    loopOverheadMs: overhead(loop!),
    threadOverheadMs: overhead(threads!),
    cores: within(Math.exp(cores!), 1 / threadCount, threadCount),
    timerLateMs: within(lateMs!, 0, LATEST_MS),
  };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
