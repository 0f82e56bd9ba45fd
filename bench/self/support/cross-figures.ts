import type { OriginCounters } from '../../../src/schema/index.js';
import { compareForks, type ForkComparison } from '../../../src/stats/comparison.js';
import { median } from '../../../src/stats/quantile.js';
import type { GeneratorRun } from './generator.js';
import type { Pair } from './pairs.js';

/** What one side of a pair did to the origin. */
export interface Side {
  readonly perSecond: number;
  /** Of a request, from sending it to having its answer. */
  readonly p50Ms: number;
  /** Null where it cannot be told. */
  readonly cpuMsPerRequest: number | null;
  /** From a request's arrival at the origin to its answer, mean: what p50 has more is the way, and the client. */
  readonly heldByOriginMs: number;
  /** Requests that the generator counted ÷ answers that the origin counted. */
  readonly countedShare: number;
  /** 0 … 1, of the origin's event loop meanwhile. */
  readonly originBusyShare: number;
}

/** What the origin, which knows neither generator, says of a run of so many requests. */
export function seenByOrigin(
  { responses, meanConcurrency, elapsedMs, loopActiveMs }: OriginCounters,
  requests: number,
): Pick<Side, 'heldByOriginMs' | 'countedShare' | 'originBusyShare'> {
  return {
    // Little's law, at the origin.
    heldByOriginMs: (meanConcurrency * elapsedMs) / responses,
    countedShare: requests / responses,
    originBusyShare: loopActiveMs / elapsedMs,
  };
}

type FigureName = keyof Side;

/** A figure of both sides over forks; ours ÷ theirs, null where a side has none. */
export interface CrossFigure {
  readonly name: FigureName;
  /** Medians of the forks. */
  readonly ours: number | null;
  readonly theirs: number | null;
  readonly comparison: ForkComparison;
}

/** @param pairs one a fork */
export function crossFigure(name: FigureName, pairs: readonly Pair<Side, Side>[]): CrossFigure {
  return {
    name,
    ours: medianOfSides(pairs.map(([ours]) => ours[name])),
    theirs: medianOfSides(pairs.map(([, theirs]) => theirs[name])),
    comparison: compareForks(
      pairs.map(([ours, theirs]) => [Math.log((ours[name] ?? Number.NaN) / (theirs[name] ?? Number.NaN))]),
      'fixed',
    ),
  };
}

function medianOfSides(values: readonly (number | null)[]): number | null {
  return median(values.filter(value => value !== null));
}

/** The interval or, of too few forks for one, their range. */
export function spanOf({ low, high, range }: ForkComparison): readonly [number, number] | null {
  return low === null || high === null ? range : [low, high];
}

export interface TimedRun extends GeneratorRun {
  readonly cpuMs: number | null;
}

/**
 * CPU time of one request more, by what the longer of two runs took more than the shorter: what both have, such as
 * starting up and compiling, leaves. Null where it cannot be told.
 */
export function cpuMsPerFurtherRequest(shorter: TimedRun, longer: TimedRun): number | null {
  if (shorter.cpuMs === null || longer.cpuMs === null) return null;
  const requests = longer.requests - shorter.requests;
  const cpuMs = longer.cpuMs - shorter.cpuMs;
  return requests > 0 && cpuMs > 0 ? cpuMs / requests : null;
}
