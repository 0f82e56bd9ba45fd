import { nowNs } from '../clock.js';
import type { Failure } from '../tasks/failure.js';
import { failedAs, STARTED } from '../tasks/recorder.js';
import { WorkerCounts } from './worker-counts.js';

export interface TaskTableBuffers {
  readonly started: SharedArrayBuffer;
  readonly finished: SharedArrayBuffer;
  readonly delivered: SharedArrayBuffer;
  readonly outcome: SharedArrayBuffer;
  readonly worker: SharedArrayBuffer;
  readonly counts: SharedArrayBuffer;
}

const WORD = 2 ** 32;

/**
 * Each task's stamps (nanoseconds, monotonic), its outcome and its worker, in shared memory.
 *
 * Each entry is written by one thread only, and read by the host after that thread has posted a message about it:
 * the message orders the accesses, so plain writes do.
 */
export class TaskTable {
  readonly startedNs: BigInt64Array;
  readonly finishedNs: BigInt64Array;
  /** The very same array as `finishedNs` where a result is on the main thread as soon as its task finishes. */
  readonly deliveredNs: BigInt64Array;
  readonly outcome: Uint8Array;
  readonly worker: Uint16Array;
  readonly counts: WorkerCounts;
  readonly #startedWords: Uint32Array;
  readonly #finishedWords: Uint32Array;
  readonly #mask: number;

  /** @param ring whether the places, a power of two, are used again and again; else a task's place is its index */
  constructor(buffers: TaskTableBuffers, ring: boolean) {
    this.startedNs = new BigInt64Array(buffers.started);
    this.finishedNs = new BigInt64Array(buffers.finished);
    this.deliveredNs =
      buffers.delivered === buffers.finished ? this.finishedNs : new BigInt64Array(buffers.delivered);
    this.outcome = new Uint8Array(buffers.outcome);
    this.worker = new Uint16Array(buffers.worker);
    this.counts = new WorkerCounts(buffers.counts);
    this.#startedWords = new Uint32Array(buffers.started);
    this.#finishedWords = new Uint32Array(buffers.finished);
    this.#mask = ring ? this.outcome.length - 1 : 0x7fff_ffff;
  }

  /** Where the entry of a task is: its index, but for a ring. */
  placeOf(index: number): number {
    return index & this.#mask;
  }

  start(index: number, worker: number): void {
    const place = index & this.#mask;
    this.startedNs[place] = nowNs();
    this.outcome[place] = STARTED;
    this.worker[place] = worker;
    this.counts.addStarted(worker);
  }

  finish(index: number, outcome: number): bigint {
    const place = index & this.#mask;
    const finishedNs = nowNs();
    this.finishedNs[place] = finishedNs;
    // A result that could not travel fails after it had completed.
    if (this.outcome[place] === STARTED) this.counts.addEnded(this.worker[place]!);
    this.outcome[place] = outcome;
    return finishedNs - this.startedNs[place]!;
  }

  fail(index: number, failure: Failure): Failure {
    this.finish(index, failedAs(failure));
    return failure;
  }

  /** Started and ended at once, as far as the counts are concerned: its worker does not share them. */
  receive(index: number, outcome: number, worker: number, startedNs: number, finishedNs: number): void {
    const place = index & this.#mask;
    writeStamp(this.#startedWords, place, startedNs);
    writeStamp(this.#finishedWords, place, finishedNs);
    this.outcome[place] = outcome;
    this.worker[place] = worker;
    this.counts.addStarted(worker);
    this.counts.addEnded(worker);
  }

  deliver(index: number, atNs: bigint): void {
    this.deliveredNs[index & this.#mask] = atNs;
  }

  startedAtNs(index: number): bigint {
    return this.startedNs[index & this.#mask]!;
  }

  finishedLowNs(index: number): number {
    return this.#finishedWords[2 * (index & this.#mask)]!;
  }

  outcomeOf(index: number): number {
    return this.outcome[index & this.#mask]!;
  }
}

/** @param ownDelivery whether results come later than their tasks finish */
export function allocateTasks(places: number, workers: number, ownDelivery: boolean): TaskTableBuffers {
  const finished = new SharedArrayBuffer(places * 8);
  return {
    started: new SharedArrayBuffer(places * 8),
    finished,
    delivered: ownDelivery ? new SharedArrayBuffer(places * 8) : finished,
    outcome: new SharedArrayBuffer(places),
    worker: new SharedArrayBuffer(places * 2),
    counts: new SharedArrayBuffer(WorkerCounts.bytesOf(workers)),
  };
}

/** As its two halves: a BigInt made of a number would cost 50 ns. */
function writeStamp(words: Uint32Array, place: number, ns: number): void {
  words[2 * place] = ns % WORD;
  words[2 * place + 1] = ns / WORD;
}
