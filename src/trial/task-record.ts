import { LogHistogram } from '../stats/histogram.js';
import { COMPLETED, FAILED } from '../tasks/recorder.js';
import { type Tally, TallyCount } from './columns.js';
import type { Ledger } from './ledger.js';
import { stampReader } from './task-times.js';

/**
 * The times of a duration load's tasks, taken down as each ends: memory does not grow with their number.
 *
 * On a loop that is done by the thread that computes, where threads leave it to one that waits for them. So nothing is
 * taken down that is known: a task that is taken when there is room for it does not wait, and on a loop its result is
 * delivered when it has finished. That leaves one histogram of four, and a third of the time.
 */
export class TaskRecord {
  readonly serviceMs = new LogHistogram();
  readonly #latencyMs = new LogHistogram();
  readonly #deliveryMs = new LogHistogram();
  readonly #ledger: Ledger;
  readonly #limitMs: number;
  /** Null on a loop, where it is the finish. */
  readonly #delivered: ((place: number) => number) | null;
  readonly #started: (place: number) => number;
  readonly #finished: (place: number) => number;
  readonly #count = new TallyCount();

  constructor(ledger: Ledger, startNs: bigint, limitMs: number) {
    this.#ledger = ledger;
    this.#limitMs = limitMs;
    this.#started = stampReader(ledger.startedNs, startNs);
    this.#finished = stampReader(ledger.finishedNs, startNs);
    const ownDelivery = ledger.deliveredNs !== ledger.finishedNs;
    this.#delivered = ownDelivery ? stampReader(ledger.deliveredNs, startNs) : null;
  }

  get latencyMs(): LogHistogram {
    return this.#delivered === null ? this.serviceMs : this.#latencyMs;
  }

  get deliveryMs(): LogHistogram {
    return this.#delivered === null ? zeros(this.#count.issued) : this.#deliveryMs;
  }

  get waitMs(): LogHistogram {
    return zeros(this.#count.issued);
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
    let deliveredMs = finishedMs;
    if (this.#delivered !== null) {
      deliveredMs = this.#delivered(place);
      if (outcome === FAILED) this.#latencyMs.addFailed();
      else this.#latencyMs.add(Math.max(deliveredMs - startedMs, atLeastMs));
      this.#deliveryMs.add(deliveredMs - finishedMs);
    }
    this.#count.add(outcome, finishedMs - startedMs, deliveredMs);
    ledger.ring.release(index);
  }

  tally(): Tally {
    return this.#count.tally();
  }
}

function zeros(count: number): LogHistogram {
  if (count === 0) return new LogHistogram();
  return LogHistogram.fromData({ count, sum: 0, min: 0, max: 0, buckets: [0], counts: [count] });
}
