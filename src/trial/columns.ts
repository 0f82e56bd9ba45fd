import { CANCELLED, COMPLETED, FAILED } from '../tasks/recorder.js';
import type { BatchRun } from './loads/load.js';
import { isStarted, timesReader } from './task-times.js';

/** How many tasks came to what, and when the first and last result were there. */
export interface Tally {
  readonly issued: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly failed: number;
  /** From the start of the trial to the first and last delivered result; null when none was. */
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  /** Σ of the time that tasks ran. */
  readonly ranMs: number;
}

/**
 * A trial's times in ms, one entry per issued task, in order of index; latency and service of those that did not fail:
 * a failed task is worse than any time.
 */
export interface Columns extends Tally {
  readonly latencyMs: Float64Array;
  readonly waitMs: Float64Array;
  readonly serviceMs: Float64Array;
  readonly deliveryMs: Float64Array;
  /** Of every task that was there to be done: when it was delivered, infinite for one that never was. */
  readonly leftMs: Float64Array;
}

/** Turns the ledger of a batch into columns; not of a duration load. */
export function readColumns(run: BatchRun, limitMs: number): Columns {
  const { load, ledger } = run;
  const there = load.there(ledger);
  const timesOf = timesReader(run, limitMs);
  const latencyMs = new Float64Array(there);
  const waitMs = new Float64Array(there);
  const serviceMs = new Float64Array(there);
  const deliveryMs = new Float64Array(there);
  const leftMs = new Float64Array(there).fill(Number.POSITIVE_INFINITY);
  let issued = 0;
  let served = 0;
  let unstarted = 0;
  let completed = 0;
  let cancelled = 0;
  let ranMs = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < there; index++) {
    if (!isStarted(ledger, index)) {
      if (load.unstartedMs !== undefined)
        latencyMs[served + unstarted++] = load.unstartedMs(ledger, index, run.wallMs);
      continue;
    }
    const times = timesOf(index);
    waitMs[issued] = times.waitMs;
    deliveryMs[issued] = times.deliveryMs;
    ranMs += times.ranMs;
    issued++;
    if (ledger.outcome[index] !== FAILED) {
      latencyMs[served + unstarted] = times.latencyMs;
      serviceMs[served++] = times.serviceMs;
    }
    if (ledger.outcome[index] === CANCELLED) {
      cancelled++;
      continue;
    }
    leftMs[index] = times.deliveredMs;
    if (ledger.outcome[index] !== COMPLETED) continue;
    completed++;
    if (times.deliveredMs < first) first = times.deliveredMs;
    if (times.deliveredMs > last) last = times.deliveredMs;
  }
  return {
    latencyMs: latencyMs.subarray(0, served + unstarted),
    waitMs: waitMs.subarray(0, issued),
    serviceMs: serviceMs.subarray(0, served),
    deliveryMs: deliveryMs.subarray(0, issued),
    leftMs,
    firstResultMs: completed > 0 ? first : null,
    lastResultMs: completed > 0 ? last : null,
    issued,
    completed,
    cancelled,
    failed: issued - completed - cancelled,
    ranMs,
  };
}
