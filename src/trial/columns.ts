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

/** Counts tasks that were started, each once it has ended. */
export class TallyCount {
  #issued = 0;
  #completed = 0;
  #cancelled = 0;
  #ranMs = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  add(outcome: number, ranMs: number, deliveredMs: number): void {
    this.#issued++;
    this.#ranMs += ranMs;
    if (outcome === CANCELLED) this.#cancelled++;
    if (outcome !== COMPLETED) return;
    this.#completed++;
    if (deliveredMs < this.#firstMs) this.#firstMs = deliveredMs;
    if (deliveredMs > this.#lastMs) this.#lastMs = deliveredMs;
  }

  get issued(): number {
    return this.#issued;
  }

  tally(): Tally {
    const any = this.#completed > 0;
    return {
      issued: this.#issued,
      completed: this.#completed,
      cancelled: this.#cancelled,
      failed: this.#issued - this.#completed - this.#cancelled,
      firstResultMs: any ? this.#firstMs : null,
      lastResultMs: any ? this.#lastMs : null,
      ranMs: this.#ranMs,
    };
  }
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
  const count = new TallyCount();
  let served = 0;
  let unstarted = 0;
  for (let index = 0; index < there; index++) {
    const outcome = ledger.outcome[index]!;
    if (!isStarted(ledger, index)) {
      if (load.unstartedMs !== undefined)
        latencyMs[served + unstarted++] = load.unstartedMs(ledger, index, run.wallMs);
      continue;
    }
    const times = timesOf(index);
    waitMs[count.issued] = times.waitMs;
    deliveryMs[count.issued] = times.deliveryMs;
    count.add(outcome, times.ranMs, times.deliveredMs);
    if (outcome !== FAILED) {
      latencyMs[served + unstarted] = times.latencyMs;
      serviceMs[served++] = times.serviceMs;
    }
    if (outcome !== CANCELLED) leftMs[index] = times.deliveredMs;
  }
  return {
    latencyMs: latencyMs.subarray(0, served + unstarted),
    waitMs: waitMs.subarray(0, count.issued),
    serviceMs: serviceMs.subarray(0, served),
    deliveryMs: deliveryMs.subarray(0, count.issued),
    leftMs,
    ...count.tally(),
  };
}
