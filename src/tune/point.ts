import type { TunePoint, TuneRules } from '../schema/index.js';

/** Total in flight. */
export function inFlightOf({ workers, inFlightPerWorker }: TunePoint): number {
  return Math.max(1, workers) * inFlightPerWorker;
}

/**
 * The smaller first: threads cost most, libuv's among them, then what is in flight; at equal size as `order` has them.
 */
export function bySize(order: readonly string[]): (a: TunePoint, b: TunePoint) => number {
  return (a, b) =>
    threadsOf(a) - threadsOf(b) ||
    inFlightOf(a) - inFlightOf(b) ||
    order.indexOf(a.executor) - order.indexOf(b.executor) ||
    a.setting.localeCompare(b.setting);
}

/** Those of libuv's pool among them. */
export function threadsOf({ workers, uvThreads }: TunePoint): number {
  return workers + (uvThreads ?? 0);
}

/** The same but for what is in flight. */
export function sameSeries(a: TunePoint, b: TunePoint): boolean {
  return (
    a.executor === b.executor &&
    a.workers === b.workers &&
    a.setting === b.setting &&
    a.uvThreads === b.uvThreads
  );
}

/** Nothing known is no bound. */
export function boundOf({ bound }: TunePoint): number {
  return bound ?? Number.POSITIVE_INFINITY;
}

export function sorted(points: readonly TunePoint[], rules: TuneRules): TunePoint[] {
  return points.toSorted(bySize(rules.order));
}

/** Of two ideals: they are the same. */
const ALIKE = 0.99;

/** By their ideals: neither is expected to do more, so that the smaller one is right until the larger one is shown to. */
export function isAlike(smaller: TunePoint, larger: TunePoint): boolean {
  return smaller.bound !== null && larger.bound !== null && smaller.bound >= ALIKE * larger.bound;
}
