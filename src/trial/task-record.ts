import { LogHistogram } from '../stats/histogram.js';
import { COMPLETED, FAILED } from '../tasks/recorder.js';
import { type Tally, TallyCount } from './columns.js';
import type { Ledger } from './ledger.js';
import { stampReader } from './task-times.js';

/** When a task was queued: at the start of the trial, as all of a batch are, or when it was taken, as those of a duration load. */
export type QueuedWhen = 'at start' | 'when taken';

/**
 * The times of tasks, taken down as each ends: memory does not grow with their number.
 *
 * On a loop that is done by the thread that computes, where threads leave it to one that waits for them. So nothing is
 * taken down that is known: a task that is taken when there is room for it does not wait, and on a loop its result is
 * delivered when it has finished. That leaves one histogram of four, and a third of the time.
 */
export class TaskRecord {
  readonly serviceMs = new LogHistogram();
  /** The same as service where a task neither waits nor has a way to go. */
  readonly latencyMs: LogHistogram;
  readonly #deliveryMs = new LogHistogram();
  /** Null where nobody waits. */
  readonly #waitMs: LogHistogram | null;
  readonly #ledger: Ledger;
  readonly #limitMs: number;
  /** Null on a loop, where it is the finish. */
  readonly #delivered: ((place: number) => number) | null;
  readonly #started: (place: number) => number;
  readonly #finished: (place: number) => number;
  readonly #count = new TallyCount();

  constructor(ledger: Ledger, startNs: bigint, limitMs: number, queued: QueuedWhen = 'when taken') {
    this.#ledger = ledger;
    this.#limitMs = limitMs;
    this.#started = stampReader(ledger.startedNs, startNs);
    this.#finished = stampReader(ledger.finishedNs, startNs);
    const ownDelivery = ledger.deliveredNs !== ledger.finishedNs;
    this.#delivered = ownDelivery ? stampReader(ledger.deliveredNs, startNs) : null;
    this.#waitMs = queued === 'at start' ? new LogHistogram() : null;
    this.latencyMs = ownDelivery || this.#waitMs !== null ? new LogHistogram() : this.serviceMs;
  }

  get deliveryMs(): LogHistogram {
    return this.#delivered === null ? zeros(this.#count.issued) : this.#deliveryMs;
  }

  get waitMs(): LogHistogram {
    return this.#waitMs ?? zeros(this.#count.issued);
  }

  /** Takes down a delivered task and gives its place in the ledger free. A task that did not complete took its limit, at least. */
  take(index: number): void {
    const ledger = this.#ledger;
    const place = ledger.placeOf(index);
    const outcome = ledger.outcome[place]!;
    const startedMs = this.#started(place);
    const finishedMs = this.#finished(place);
    const atLeastMs = outcome === COMPLETED ? 0 : this.#limitMs;
    if (outcome === FAILED) this.serviceMs.addFailed();
    else this.serviceMs.add(Math.max(finishedMs - startedMs, atLeastMs));
    const deliveredMs = this.#delivered === null ? finishedMs : this.#delivered(place);
    const queuedMs = this.#waitMs === null ? startedMs : 0;
    if (this.latencyMs !== this.serviceMs) {
      if (outcome === FAILED) this.latencyMs.addFailed();
      else this.latencyMs.add(Math.max(deliveredMs - queuedMs, atLeastMs));
    }
    this.#waitMs?.add(Math.max(0, startedMs - queuedMs));
    // A finish that was stamped by another machine's clock may seem to lie ahead.
    if (this.#delivered !== null) this.#deliveryMs.add(Math.max(0, deliveredMs - finishedMs));
    this.#count.add(outcome, finishedMs - startedMs, deliveredMs);
    ledger.release(index);
  }

  tally(): Tally {
    return this.#count.tally();
  }
}

function zeros(count: number): LogHistogram {
  if (count === 0) return new LogHistogram();
  return LogHistogram.fromData({ count, sum: 0, min: 0, max: 0, buckets: [0], counts: [count] });
}
