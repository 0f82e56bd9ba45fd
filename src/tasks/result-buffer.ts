import { messageOf } from '../errors.js';
import type { Uncloneable } from '../schema/index.js';
import { findUncloneable } from './cloneable.js';
import { type Failure, failureBy } from './failure.js';
import type { BufferRecorder } from './recorder.js';
import type { Sink } from './task-runner.js';

/** A message from a worker: results and their indexes as parallel arrays (an object a result would halve the rate). */
export interface ResultMessage {
  readonly indexes: readonly number[];
  readonly results: readonly unknown[];
  readonly failedIndexes: readonly number[];
  readonly failures: readonly Failure[];
  /** The worker has claimed and ended all it will of this batch. */
  readonly done: boolean;
}

type Post = (message: ResultMessage, transfer?: readonly ArrayBuffer[]) => void;
type TransferOf = (results: readonly unknown[]) => ArrayBuffer[];

export interface UnsentResult {
  /** Null: nobody says. */
  readonly task: number | null;
  readonly uncloneable: Uncloneable | null;
  /** Where nothing is found that cannot be cloned: what its sending threw. */
  readonly message: string | null;
}

export interface ResultBufferOptions {
  /** What of the results is handed over instead of copied. */
  readonly transferOf?: TransferOf | undefined;
  /** Told of a result that cannot be sent. Default: that task has failed, and the others are sent. */
  readonly refused?: ((unsent: UnsentResult) => void) | undefined;
}

const FULL = 64;
/** A result must not wait longer than this for company. */
const PATIENCE_NS = 1_000_000;

/**
 * Collects a worker's results and posts them in messages: at 64, or when a task finishes more than 1 ms after the first
 * buffered result or the last message, or when the loop turns (`setImmediate`), or at the end.
 *
 * Each rule has its case: 64 alone would hold back a lone result; the immediate alone starves behind computing tasks
 * that chain microtasks; a message a microtask costs 40 % more CPU on HTTP.
 *
 * No two results of a message share an object: it would be copied once here, and with each result by a pool. The same
 * object twice in a row of results is seen at once; objects inside results are looked for in the cold trial (ResultLook).
 */
export class ResultBuffer implements Sink {
  readonly #recorder: BufferRecorder;
  readonly #post: Post;
  readonly #options: ResultBufferOptions;
  readonly #isCold: boolean;
  #apart: boolean;
  #lastEventLow = 0;
  #indexes: number[] = [];
  #results: unknown[] = [];
  #failedIndexes: number[] = [];
  #failures: Failure[] = [];
  #armed = false;

  constructor(recorder: BufferRecorder, post: Post, options: ResultBufferOptions = {}) {
    this.#recorder = recorder;
    this.#post = post;
    this.#options = options;
    this.#apart = recorder.apart;
    this.#isCold = recorder.sharing;
  }

  complete(index: number, result: unknown): void {
    if (typeof result === 'object' && result !== null && this.#isApart(result)) this.flush(false);
    this.#indexes.push(index);
    this.#results.push(result);
    this.#flushIfDue(index);
  }

  /** Whether it must not be in one message with those that wait. */
  #isApart(result: object): boolean {
    // In other trials it does not change.
    if (this.#isCold) this.#apart = this.#recorder.apart;
    return this.#apart || this.#results.includes(result);
  }

  fail(index: number, failure: Failure): void {
    this.#failedIndexes.push(index);
    this.#failures.push(failure);
    this.#flushIfDue(index);
  }

  flush(done: boolean): void {
    const indexes = this.#indexes;
    const results = this.#results;
    const failedIndexes = this.#failedIndexes;
    const failures = this.#failures;
    if (!done && indexes.length + failedIndexes.length === 0) return;
    this.#indexes = [];
    this.#results = [];
    this.#failedIndexes = [];
    this.#failures = [];
    const message = { indexes, results, failedIndexes, failures, done };
    try {
      this.#send(message);
    } catch (error) {
      const { refused } = this.#options;
      if (refused === undefined) this.#send(this.#withoutUncloneable(message));
      else refused(unsentOf(message, error));
    }
  }

  #send(message: ResultMessage): void {
    const { transferOf } = this.#options;
    if (transferOf === undefined) this.#post(message);
    else this.#post(message, transferOf(message.results));
  }

  #flushIfDue(index: number): void {
    const buffered = this.#indexes.length + this.#failedIndexes.length;
    const finishedLow = this.#recorder.finishedLowNs(index);
    // Unsigned difference of the low halves, right across their overflow.
    const waitedNs = (finishedLow - this.#lastEventLow) >>> 0;
    if (buffered >= FULL || waitedNs > PATIENCE_NS) {
      this.#lastEventLow = finishedLow;
      this.flush(false);
      return;
    }
    if (this.#armed) return;
    this.#armed = true;
    setImmediate(() => {
      this.#armed = false;
      this.flush(false);
    });
  }

  /** A result that cannot travel is that task's failure, not the whole message's. */
  #withoutUncloneable(message: ResultMessage): ResultMessage {
    const indexes: number[] = [];
    const results: unknown[] = [];
    const failedIndexes = [...message.failedIndexes];
    const failures = [...message.failures];
    message.results.forEach((result, at) => {
      const index = message.indexes[at]!;
      const uncloneable = findUncloneable(result);
      if (uncloneable === null) {
        indexes.push(index);
        results.push(result);
      } else {
        failedIndexes.push(index);
        failures.push(this.#recorder.fail(index, failureBy(uncloneable)));
      }
    });
    return { indexes, results, failedIndexes, failures, done: message.done };
  }
}

function unsentOf({ indexes, results }: ResultMessage, error: unknown): UnsentResult {
  for (const [at, result] of results.entries()) {
    const uncloneable = findUncloneable(result);
    if (uncloneable !== null) return { task: indexes[at]!, uncloneable, message: null };
  }
  return { task: null, uncloneable: null, message: messageOf(error) };
}
