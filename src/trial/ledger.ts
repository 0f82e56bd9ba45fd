import { nowNs } from '../clock.js';
import { CANCELLED_KIND, type Failure } from './failure.js';

/** State of a task in the ledger. */
export const NOT_STARTED = 0;
export const STARTED = 1;
export const COMPLETED = 2;
export const FAILED = 3;
export const CANCELLED = 4;

export interface LedgerBuffers {
  readonly capacity: number;
  readonly started: SharedArrayBuffer;
  readonly finished: SharedArrayBuffer;
  readonly delivered: SharedArrayBuffer;
  readonly outcome: SharedArrayBuffer;
  readonly worker: SharedArrayBuffer;
  readonly control: SharedArrayBuffer;
}

/** Fields of the control words. */
const NEXT = 0;
const ABORT = 1;
const WORKERS = 2;

/**
 * Each task's stamps (nanoseconds, monotonic), its outcome and its worker, in shared memory.
 *
 * Each entry is written by one thread only, and read by the host after that thread has posted a message about it:
 * the message orders the accesses, so plain writes do.
 */
export class Ledger {
  readonly capacity: number;
  readonly startedNs: BigInt64Array;
  readonly finishedNs: BigInt64Array;
  /** The very same array as `finishedNs` where a result is on the main thread as soon as its task finishes. */
  readonly deliveredNs: BigInt64Array;
  readonly outcome: Uint8Array;
  readonly worker: Uint16Array;
  readonly buffers: LedgerBuffers;
  readonly #control: Int32Array;

  constructor(buffers: LedgerBuffers) {
    this.buffers = buffers;
    this.capacity = buffers.capacity;
    this.startedNs = new BigInt64Array(buffers.started);
    this.finishedNs = new BigInt64Array(buffers.finished);
    this.deliveredNs =
      buffers.delivered === buffers.finished ? this.finishedNs : new BigInt64Array(buffers.delivered);
    this.outcome = new Uint8Array(buffers.outcome);
    this.worker = new Uint16Array(buffers.worker);
    this.#control = new Int32Array(buffers.control);
  }

  /** @param ownDelivery false for executors whose tasks run on the main thread: delivered is finished */
  static allocate(capacity: number, ownDelivery: boolean): Ledger {
    const finished = new SharedArrayBuffer(capacity * 8);
    return new Ledger({
      capacity,
      started: new SharedArrayBuffer(capacity * 8),
      finished,
      delivered: ownDelivery ? new SharedArrayBuffer(capacity * 8) : finished,
      outcome: new SharedArrayBuffer(capacity),
      worker: new SharedArrayBuffer(capacity * 2),
      control: new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT),
    });
  }

  start(index: number, worker: number): void {
    this.startedNs[index] = nowNs();
    this.outcome[index] = STARTED;
    this.worker[index] = worker;
  }

  finish(index: number, outcome: number): void {
    this.finishedNs[index] = nowNs();
    this.outcome[index] = outcome;
  }

  /** @returns the failure, so that it can be passed on */
  fail(index: number, failure: Failure): Failure {
    this.finish(index, failure.kind === CANCELLED_KIND ? CANCELLED : FAILED);
    return failure;
  }

  /**
   * The next index nobody has claimed, on whatever thread; -1 when there is none below `tasks`, or after an abort.
   *
   * The abort flag is read here because a worker that runs microtasks back to back sees no message and no timer.
   */
  claim(tasks: number): number {
    if (this.aborted) return -1;
    const index = Atomics.add(this.#control, NEXT, 1);
    return index < tasks ? index : -1;
  }

  get aborted(): boolean {
    return Atomics.load(this.#control, ABORT) === 1;
  }

  abort(): void {
    Atomics.store(this.#control, ABORT, 1);
  }

  /** A number for a worker whose pool does not number its workers: 0, 1, 2, … */
  enlist(): number {
    return Atomics.add(this.#control, WORKERS, 1);
  }

  /** Between trials only: nobody may be claiming. */
  reset(): void {
    this.outcome.fill(NOT_STARTED);
    Atomics.store(this.#control, NEXT, 0);
    Atomics.store(this.#control, ABORT, 0);
  }
}
