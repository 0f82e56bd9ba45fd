import type { TaskTable } from '../stats/packed-tasks.js';
import type { BatchRun } from './loads/load.js';
import { isStarted, stampReader } from './task-times.js';

/** Not of a duration load, whose places have been used again. */
export function taskColumnsOf({ load, ledger, startNs }: BatchRun): TaskTable {
  const there = load.there(ledger);
  const read = (stamps: BigInt64Array) => {
    const stamp = stampReader(stamps, startNs);
    return Float64Array.from({ length: there }, (_, index) =>
      isStarted(ledger, index) ? stamp(index) : Number.NaN,
    );
  };
  const startedMs = read(ledger.startedNs);
  return {
    queuedMs: startedMs.map((ms, index) => load.queuedMs(ledger, index, ms)),
    startedMs,
    finishedMs: read(ledger.finishedNs),
    deliveredMs: read(ledger.deliveredNs),
    worker: ledger.worker.slice(0, there),
    outcome: ledger.outcome.slice(0, there),
  };
}
