import type { MapCell, MapState } from '../schema/index.js';
import { compareForks } from '../stats/comparison.js';

/** Threads have to do so much more than a loop for them to pay: less is not worth their memory and start-up. */
export const PAYS = 0.05;

/** What was measured of a cell, and what follows from it. */
export interface CellView {
  readonly waitMs: number;
  readonly cpuMs: number;
  readonly forks: number;
  /** Threads ÷ loop, with the interval that allows for looking after every fork; null: nothing that counts. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly state: Exclude<MapState, 'filled' | 'blank'>;
  /** Whether threads surely pay, or surely do not; null: it is not known. */
  readonly pays: boolean | null;
}

export function viewOf({ waitMs, cpuMs, forks }: MapCell): CellView {
  const { ratio, low, high } = compareForks(forks.map(logRatios), 'stopping');
  return {
    waitMs,
    cpuMs,
    forks: forks.length,
    ratio,
    low,
    high,
    state: stateOf(low, high),
    pays: paysOf(low, high),
  };
}

/** Paired within rounds. */
function logRatios({ loop, threads }: MapCell['forks'][number]): number[] {
  return threads.flatMap((log, round) => {
    const other = loop[round];
    return log === null || other == null ? [] : [log - other];
  });
}

function paysOf(low: number | null, high: number | null): boolean | null {
  if (low !== null && low > 1 + PAYS) return true;
  return high !== null && high < 1 + PAYS ? false : null;
}

function stateOf(low: number | null, high: number | null): CellView['state'] {
  if (low === null || high === null) return 'undecided';
  if (low > 1 + PAYS) return 'threads';
  if (low > 1 / (1 + PAYS) && high < 1 + PAYS) return 'same';
  return high < 1 ? 'loop' : 'undecided';
}
