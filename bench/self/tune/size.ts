import type { TunePoint } from '../../../src/schema/index.js';
import { bySize, inFlightOf } from '../../../src/tune/point.js';

/** What a grid measured of a point. */
export interface Seen {
  readonly point: TunePoint;
  readonly tasksPerSecond: number;
}

export const isSame = (a: TunePoint, b: TunePoint) =>
  a.executor === b.executor &&
  a.workers === b.workers &&
  a.inFlightPerWorker === b.inFlightPerWorker &&
  a.uvThreads === b.uvThreads;

/** @param seen not empty */
export function bestOf(seen: readonly Seen[]): Seen {
  return seen.reduce((a, b) => (b.tasksPerSecond > a.tasksPerSecond ? b : a));
}

/** The smallest that comes within this share of the best. */
export function smallestWithin(seen: readonly Seen[], within: number, order: readonly string[]): Seen {
  const least = bestOf(seen).tasksPerSecond / (1 + within);
  const smaller = bySize(order);
  return seen
    .filter(({ tasksPerSecond }) => tasksPerSecond >= least)
    .toSorted((a, b) => smaller(a.point, b.point))[0]!;
}

/**
 * Doublings by which a point is larger than another: of threads where these differ, a loop being one below one thread,
 * else of what is in flight. Below 0: it is smaller.
 */
export function stepsAbove(point: TunePoint, other: TunePoint): number {
  if (point.workers !== other.workers) return threadStep(point) - threadStep(other);
  return Math.log2(inFlightOf(point) / inFlightOf(other));
}

function threadStep({ workers }: TunePoint): number {
  return workers === 0 ? -1 : Math.log2(workers);
}
