import type { TaskTable } from '../packed-tasks.js';
import type { BlockSpec } from './geometry.js';
import { layTrial, type TrialLayout } from './layout.js';
import { type Waiting, waitingOf } from './waiting.js';

/** Spells that do not overlap, ascending. */
export interface Spells {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly sumMs: number;
}

/** All that is drawn of one trial. */
export interface TrialPicture {
  readonly layout: TrialLayout;
  readonly waiting: Waiting;
  /** Of the main loop; null: not recorded. */
  readonly busy: Spells | null;
}

export function pictureOf(
  table: TaskTable,
  wallMs: number,
  busyMs: readonly (readonly [number, number])[] | null,
): TrialPicture {
  return {
    layout: layTrial(table, wallMs),
    waiting: waitingOf(table),
    busy: busyMs === null ? null : spellsOf(busyMs),
  };
}

/** One task that waits is no queue. */
export function blockSpecOf({ layout, waiting, busy }: TrialPicture): BlockSpec {
  return { tracks: layout.tracks, hasWaiting: waiting.most > 1, hasBusy: busy !== null };
}

/** Those that touch or overlap are one. */
export function spellsOf(pairs: readonly (readonly [number, number])[]): Spells {
  const merged: [number, number][] = [];
  for (const [from, to] of [...pairs].sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, Math.max(from, to)]);
  }
  return {
    fromMs: Float64Array.from(merged, ([from]) => from),
    toMs: Float64Array.from(merged, ([, to]) => to),
    sumMs: merged.reduce((sum, [from, to]) => sum + to - from, 0),
  };
}
