import type { PayloadTask } from './payload.js';
import { NONE_LEFT, NOT_YET, type TaskSource } from './source.js';

/** The tasks of a worker to which they are sent, with their data. */
export class Inbox implements TaskSource {
  /** What `withPayloadFrom` takes the data from. */
  readonly inputs = new Map<number, PayloadTask>();
  #wake: () => void = () => {};
  readonly #isAborted: () => boolean;
  #indexes: number[] = [];
  #taken = 0;
  #over = false;

  /** @param isAborted asked before each task */
  constructor(isAborted: () => boolean) {
    this.#isAborted = isAborted;
  }

  put(tasks: readonly PayloadTask[]): void {
    for (const task of tasks) {
      this.inputs.set(task.index, task);
      this.#indexes.push(task.index);
    }
    this.#wake();
  }

  /** No more will come. */
  close(): void {
    this.#over = true;
    this.#wake();
  }

  /** For the next batch. */
  reopen(): void {
    this.#over = false;
    this.#indexes = [];
    this.#taken = 0;
    this.inputs.clear();
  }

  claim(): number {
    if (this.#isAborted()) return NONE_LEFT;
    if (this.#taken < this.#indexes.length) return this.#indexes[this.#taken++]!;
    return this.#over ? NONE_LEFT : NOT_YET;
  }

  /** For one who waits: a claim loop, which fills all its room when it is woken. */
  arrival(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }
}
