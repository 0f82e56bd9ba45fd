import type { Uncloneable } from '../schema/index.js';
import { findUncloneable, type Way } from './cloneable.js';
import type { TaskRecorder } from './recorder.js';
import { SharedObjects } from './shared-objects.js';

/** As many as a message has at most: results that share objects do so early, nearly always. */
const SEARCHED = 64;

/**
 * How this thread looks at results in cold trials: alike in all executors, since it costs, and at none in those that are
 * measured.
 *
 * Some pools lose the worker, and with it every task in it, over a result that cannot travel. And a message with many
 * results copies an object that they share once, where a pool copies it with each. On the loop results have no way to go:
 * what is found there changes nothing.
 */
export class ResultLook {
  readonly #recorder: TaskRecorder;
  readonly #way: Way | undefined;
  readonly #seen = new SharedObjects();
  #searched = 0;

  /** @param way how results travel; undefined: they are where they are wanted */
  constructor(recorder: TaskRecorder, way?: Way) {
    this.#recorder = recorder;
    this.#way = way;
  }

  /** Of a recorder that is `checked`. @returns why a result cannot be sent; null when it can, or need not be */
  refusal(result: unknown): Uncloneable | null {
    if (this.#recorder.sharing && this.#searched < SEARCHED) {
      this.#searched++;
      if (this.#seen.has(result)) this.#recorder.sendApart();
    }
    const found = findUncloneable(result, this.#way);
    return this.#way === undefined ? null : found;
  }
}
