import { nowNs } from '../../clock.js';
import { CLAIMED, NOT_STARTED } from '../../tasks/recorder.js';
import { NONE_LEFT, NOT_YET, type TaskSource } from '../../tasks/source.js';
import { type Control, WORDS } from './control.js';
import type { TrialSpan } from './trial-span.js';

/** Tasks that a duration load has a place for at the same time; a power of two. */
export const RING_CAPACITY = 1 << 14;
/** Results that the main thread has yet to take make workers wait this long. */
const CONGESTION_MS = 1;

/**
 * Duration load: as many tasks as there is time for. The place of a task is used again once the task has been recorded, so that
 * memory does not grow with time.
 */
export class RingClaims implements TaskSource {
  readonly #control: Control;
  readonly #outcome: Uint8Array;
  readonly #span: TrialSpan;

  constructor(control: Control, outcome: Uint8Array, span: TrialSpan) {
    this.#control = control;
    this.#outcome = outcome;
    this.#span = span;
  }

  claim(): number {
    // The clock is read at each claim: a timer would come late where tasks compute.
    if (this.#control.aborted || nowNs() >= this.#span.endNs) return NONE_LEFT;
    return this.claimPlace();
  }

  /** The next index whose place is free; NOT_YET while half of the ring is in use. */
  claimPlace(): number {
    const { words } = this.#control;
    for (;;) {
      const next = Atomics.load(words, WORDS.next);
      // The words go round after 2³² tasks: as a difference in 32 bits this holds all the same.
      const inUse = (next - Atomics.load(words, WORDS.ended)) | 0;
      if (inUse >= RING_CAPACITY / 2) return NOT_YET;
      const index = Atomics.add(words, WORDS.next, 1) >>> 0;
      // A task that takes long may still hold its place when the ring comes round: that index is left out.
      if (Atomics.compareExchange(this.#outcome, placeOf(index), NOT_STARTED, CLAIMED) === NOT_STARTED)
        return index;
      this.#control.add('ended', 1);
    }
  }

  /** The task has been recorded, its place may be used again. */
  release(index: number): void {
    Atomics.store(this.#outcome, placeOf(index), NOT_STARTED);
    this.#control.add('ended', 1);
  }

  arrival(): Promise<void> {
    return new Promise(resolve => {
      setTimeout(resolve, CONGESTION_MS);
    });
  }
}

function placeOf(index: number): number {
  return index & (RING_CAPACITY - 1);
}
