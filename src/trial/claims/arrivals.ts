import { NONE_LEFT, NOT_YET, type TaskSource } from '../../tasks/source.js';
import { type Control, WORDS } from './control.js';

export interface ArrivalBuffers {
  readonly due: SharedArrayBuffer;
  readonly released: SharedArrayBuffer;
}

/**
 * Rate load: when tasks are due, and those that a pacer has released.
 *
 * Each release wakes all threads that wait: were only one woken for a task, it might be one whose loop is busy, while
 * another's is idle.
 */
export class Arrivals implements TaskSource {
  /** Ms after the start of the trial. */
  readonly dueMs: Float64Array;
  readonly releasedMs: Float64Array;
  readonly #control: Control;

  constructor(control: Control, buffers: ArrivalBuffers) {
    this.#control = control;
    this.dueMs = new Float64Array(buffers.due);
    this.releasedMs = new Float64Array(buffers.released);
  }

  static allocate(tasks: number): ArrivalBuffers {
    return { due: new SharedArrayBuffer(tasks * 8), released: new SharedArrayBuffer(tasks * 8) };
  }

  /** The next released task. */
  claim(): number {
    if (this.#control.aborted) return NONE_LEFT;
    // Before the claim: the pacer closes after its last release.
    const { closed } = this;
    const { words } = this.#control;
    for (;;) {
      const next = Atomics.load(words, WORDS.next);
      if (next >= this.released) return closed ? NONE_LEFT : NOT_YET;
      if (Atomics.compareExchange(words, WORDS.next, next, next + 1) === next) return next;
    }
  }

  /** What the pacer compares with what it released: the backlog. */
  countEnded(): void {
    this.#control.add('ended', 1);
  }

  get ended(): number {
    return this.#control.get('ended');
  }

  /** Tasks that have become due. */
  get released(): number {
    return Atomics.load(this.#control.words, WORDS.released);
  }

  /** No more will become due. */
  get closed(): boolean {
    return Atomics.load(this.#control.words, WORDS.closed) === 1;
  }

  /** The pacer's: tasks below `count` may be claimed. */
  releaseUpTo(count: number): void {
    this.#control.set('released', count);
    this.#control.ring();
  }

  close(): void {
    this.#control.set('closed', 1);
    this.#control.ring();
  }

  async arrival(): Promise<void> {
    for (;;) {
      // The bell first: what is released after this look at it rings it again.
      const bell = this.#control.get('bell');
      const isWaiting = this.#control.get('next') < this.released;
      if (isWaiting || this.closed || this.#control.aborted) return;
      await this.#control.nextBell(bell);
    }
  }
}
