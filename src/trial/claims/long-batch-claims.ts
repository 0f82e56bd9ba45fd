import { CLAIMED, NOT_STARTED } from '../../tasks/recorder.js';
import { NONE_LEFT, NOT_YET, type TaskSource } from '../../tasks/source.js';
import { type Control, WORDS } from './control.js';

/** A task that holds its place for so long is waited for by looking again. */
const HELD_MS = 1;

/** Batch load of more tasks than there are places: each task's place is used again once it has been recorded, and none is left out. */
export class LongBatchClaims implements TaskSource {
  readonly #control: Control;
  readonly #outcome: Uint8Array;

  /** @param outcome of each place; their number is a power of two */
  constructor(control: Control, outcome: Uint8Array) {
    this.#control = control;
    this.#outcome = outcome;
  }

  /** NOT_YET while the task that was given the place of the next one before has not been recorded. */
  claim(): number {
    const { words } = this.#control;
    while (!this.#control.aborted) {
      const index = Atomics.load(words, WORDS.next);
      if (index >= Atomics.load(words, WORDS.tasks)) return NONE_LEFT;
      if (Atomics.compareExchange(this.#outcome, this.#placeOf(index), NOT_STARTED, CLAIMED) !== NOT_STARTED)
        return NOT_YET;
      if (Atomics.compareExchange(words, WORDS.next, index, index + 1) === index) return index;
      // Another thread had it, and has ended it already.
      this.release(index);
    }
    return NONE_LEFT;
  }

  /** The task has been recorded, its place may be used again. */
  release(index: number): void {
    Atomics.store(this.#outcome, this.#placeOf(index), NOT_STARTED);
  }

  arrival(): Promise<void> {
    return new Promise(resolve => {
      setTimeout(resolve, HELD_MS);
    });
  }

  #placeOf(index: number): number {
    return index & (this.#outcome.length - 1);
  }
}
