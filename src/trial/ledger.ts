import { nowNs } from '../clock.js';

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
}

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

  constructor(buffers: LedgerBuffers) {
    this.buffers = buffers;
    this.capacity = buffers.capacity;
    this.startedNs = new BigInt64Array(buffers.started);
    this.finishedNs = new BigInt64Array(buffers.finished);
    this.deliveredNs =
      buffers.delivered === buffers.finished ? this.finishedNs : new BigInt64Array(buffers.delivered);
    this.outcome = new Uint8Array(buffers.outcome);
    this.worker = new Uint16Array(buffers.worker);
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

  reset(): void {
    this.outcome.fill(NOT_STARTED);
  }
}
