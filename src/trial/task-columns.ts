import type { BatchRun } from './loads/load.js';
import { isStarted, stampReader } from './task-times.js';

/** Every task of a batch by its index, ms after the start; NaN, and NOT_STARTED, where a task was not started. */
export interface TaskColumns {
  readonly startedMs: Float64Array;
  readonly finishedMs: Float64Array;
  readonly deliveredMs: Float64Array;
  readonly worker: Uint16Array;
  /** As in `tasks/recorder.ts`. */
  readonly outcome: Uint8Array;
}

/** Not of a duration load, whose places have been used again. */
export function taskColumnsOf({ load, ledger, startNs }: BatchRun): TaskColumns {
  const there = load.there(ledger);
  const read = (stamps: BigInt64Array) => {
    const stamp = stampReader(stamps, startNs);
    return Float64Array.from({ length: there }, (_, index) =>
      isStarted(ledger, index) ? stamp(index) : Number.NaN,
    );
  };
  return {
    startedMs: read(ledger.startedNs),
    finishedMs: read(ledger.finishedNs),
    deliveredMs: read(ledger.deliveredNs),
    worker: ledger.worker.slice(0, there),
    outcome: ledger.outcome.slice(0, there),
  };
}
