import { LogHistogram } from '../stats/histogram.js';
import type { Tally } from './columns.js';
import { CANCELLED, COMPLETED, FAILED, type Ledger } from './ledger.js';
import { type TaskTimes, timesReader } from './task-times.js';

/** The times of a duration load's tasks, taken down as each ends: memory does not grow with their number. */
export class TaskRecord {
  readonly latencyMs = new LogHistogram();
  readonly waitMs = new LogHistogram();
  readonly serviceMs = new LogHistogram();
  readonly deliveryMs = new LogHistogram();
  readonly #ledger: Ledger;
  readonly #timesOf: (place: number) => TaskTimes;
  #issued = 0;
  #completed = 0;
  #cancelled = 0;
  #ranMs = 0;
  #firstMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(ledger: Ledger, startNs: bigint, limitMs: number) {
    this.#ledger = ledger;
    this.#timesOf = timesReader(ledger, startNs, limitMs);
  }

  /** Takes down a delivered task and gives its place in the ledger free. */
  take(index: number): void {
    const place = this.#ledger.placeOf(index);
    const outcome = this.#ledger.outcome[place];
    const times = this.#timesOf(place);
    if (outcome === FAILED) {
      this.latencyMs.addFailed();
      this.serviceMs.addFailed();
    } else {
      this.latencyMs.add(times.latencyMs);
      this.serviceMs.add(times.serviceMs);
    }
    this.waitMs.add(times.waitMs);
    this.deliveryMs.add(times.deliveryMs);
    this.#issued++;
    this.#ranMs += times.ranMs;
    if (outcome === CANCELLED) this.#cancelled++;
    if (outcome === COMPLETED) {
      this.#completed++;
      if (times.deliveredMs < this.#firstMs) this.#firstMs = times.deliveredMs;
      if (times.deliveredMs > this.#lastMs) this.#lastMs = times.deliveredMs;
    }
    this.#ledger.release(index);
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
