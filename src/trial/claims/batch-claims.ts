import { NONE_LEFT, noArrival, type TaskSource } from '../../tasks/source.js';
import { type Control, WORDS } from './control.js';

/** Batch load: the next index nobody has claimed, on whatever thread. */
export class BatchClaims implements TaskSource {
  readonly #control: Control;
  readonly arrival = noArrival;

  constructor(control: Control) {
    this.#control = control;
  }

  claim(): number {
    if (this.#control.aborted) return NONE_LEFT;
    const { words } = this.#control;
    const index = Atomics.add(words, WORDS.next, 1);
    return index < Atomics.load(words, WORDS.tasks) ? index : NONE_LEFT;
  }
}
