import { nowNs } from '../clock.js';
import type { Ledger } from '../trial/ledger.js';

/** Every task has been handed out, or the trial was aborted. */
export const NONE_LEFT = -1;
/** No task is due, or there is no room for one: ask again after `arrival()`. */
export const NOT_YET = -2;

/** Where tasks come from: each index once, whoever asks on whatever thread. */
export interface TaskSource {
  /** An index, NONE_LEFT or NOT_YET. */
  claim(): number;
  /** After NOT_YET: resolves when it is worth asking again. */
  arrival(): Promise<void>;
}

/** The tasks of a trial, as every thread of its host claims them. */
export function sharedSource(ledger: Ledger): TaskSource {
  switch (ledger.load) {
    case 'batch':
      return { claim: () => ledger.claim(), arrival: never };
    case 'duration':
      return new DurationSource(ledger);
    case 'rate':
      return new RateSource(ledger);
  }
}

/** The tasks of a batch for its only claimer, 0 … n−1, without the price of shared memory; nothing after an abort. */
export function localSource(tasks: number, signal: AbortSignal): TaskSource {
  let next = 0;
  return { claim: () => (next < tasks && !signal.aborted ? next++ : NONE_LEFT), arrival: never };
}

/** Up to `most` tasks that may start now; empty: none yet; null: none left. */
export function claimMany(source: TaskSource, most: number): number[] | null {
  const indexes: number[] = [];
  while (indexes.length < most) {
    const index = source.claim();
    if (index === NONE_LEFT && indexes.length === 0) return null;
    if (index < 0) break;
    indexes.push(index);
  }
  return indexes;
}

/** A batch is all there: nobody has to wait for it. */
function never(): Promise<void> {
  return Promise.reject(new Error('a batch has no arrivals to wait for'));
}

/** Results that the main thread has yet to take make workers wait this long. */
const CONGESTION_MS = 1;

/** As many tasks as there is time for. */
class DurationSource implements TaskSource {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  claim(): number {
    // The clock is read at each claim: a timer would come late where tasks compute.
    if (this.#ledger.aborted || nowNs() >= this.#ledger.endNs) return NONE_LEFT;
    const index = this.#ledger.claimPlace();
    return index < 0 ? NOT_YET : index;
  }

  arrival(): Promise<void> {
    return new Promise(resolve => {
      setTimeout(resolve, CONGESTION_MS);
    });
  }
}

/**
 * Tasks as a pacer releases them.
 *
 * One waiter a thread, which all releases wake: were only one thread woken for a task, it might be one whose loop is
 * busy, while another's is idle.
 */
class RateSource implements TaskSource {
  readonly #ledger: Ledger;
  readonly #waiting: (() => void)[] = [];
  #listening = false;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  claim(): number {
    const ledger = this.#ledger;
    if (ledger.aborted) return NONE_LEFT;
    // Before the claim: the pacer closes after its last release.
    const { closed } = ledger;
    const index = ledger.claimReleased();
    if (index >= 0) return index;
    return closed ? NONE_LEFT : NOT_YET;
  }

  arrival(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      if (!this.#listening) void this.#listen();
    });
  }

  async #listen(): Promise<void> {
    this.#listening = true;
    while (this.#waiting.length > 0) {
      // The bell first: what is released after this look at it rings it again.
      const { bell } = this.#ledger;
      const wake = this.#wanted();
      for (const resolve of this.#waiting.splice(0, wake)) resolve();
      if (this.#waiting.length > 0) await this.#ledger.nextBell(bell);
    }
    this.#listening = false;
  }

  /** How many of those who wait have something to do: all of them when there is nothing more to come. */
  #wanted(): number {
    const { closed, aborted, unclaimed } = this.#ledger;
    return closed || aborted ? this.#waiting.length : unclaimed;
  }
}
