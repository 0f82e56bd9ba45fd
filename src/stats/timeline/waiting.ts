import type { TaskTable } from '../packed-tasks.js';
import { firstAbove } from './search.js';

/** How many tasks were there and had not started, at any moment. */
export interface Waiting {
  /** Ascending. */
  readonly queuedMs: Float64Array;
  /** Ascending; of those that started. */
  readonly startedMs: Float64Array;
  readonly most: number;
}

export function waitingOf({ queuedMs, startedMs }: TaskTable): Waiting {
  const queued = queuedMs.filter(ms => !Number.isNaN(ms)).sort();
  const started = startedMs.filter(ms => !Number.isNaN(ms)).sort();
  let most = 0;
  for (let at = 0, gone = 0; at < queued.length; at++) {
    while (gone < started.length && started[gone]! <= queued[at]!) gone++;
    most = Math.max(most, at + 1 - gone);
  }
  return { queuedMs: queued, startedMs: started, most };
}

/** Of a moment. */
export function waitingAt({ queuedMs, startedMs }: Waiting, ms: number): number {
  return Math.max(0, countUntil(queuedMs, ms) - countUntil(startedMs, ms));
}

function countUntil(values: Float64Array, ms: number): number {
  return firstAbove(values, ms, 0, values.length);
}
