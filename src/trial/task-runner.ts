import type { Workload } from '../workloads/workload.js';
import { Deadlines } from './deadlines.js';
import { type Failure, failureOf } from './failure.js';
import { IDLE, Lane } from './lane.js';
import { COMPLETED, type Ledger } from './ledger.js';

/** Where outcomes go: the batch itself on the main thread, a buffer of messages in a worker. */
export interface Sink {
  complete(index: number, result: unknown): void;
  fail(index: number, failure: Failure): void;
}

export interface RunnerOptions {
  readonly workload: Workload;
  readonly context: unknown;
  readonly ledger: Ledger;
  /** Number of this worker in the ledger; 0 on the main thread. */
  readonly worker: number;
  readonly taskTimeoutMs: number;
}

/** Microtasks without an end of a task after which its lanes are taken to wait for more than microtasks. */
const TURNS_TO_WAIT = 10;

/**
 * Runs tasks on this thread, in one of three shapes (lanes, all at once, one by one as a pool asks), and records each
 * in the ledger. The only caller of `workload.task`: that makes the work of all executors identical.
 *
 * `#drain` and `runAll` do the same steps in two forms on purpose: a shared async function around the task would cost
 * 0.2 µs a task, four times the bookkeeping.
 */
export class TaskRunner {
  readonly #options: RunnerOptions;
  readonly #lanes = new Set<Lane>();
  readonly #deadlines: Deadlines;
  /** Tasks that lanes have ended. */
  #ended = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(this.#lanes, options.ledger, options.taskTimeoutMs);
  }

  /** `laneCount` lanes that each claim an index, run its task, and claim the next until `claim` gives -1. */
  runLanes(laneCount: number, claim: () => number, sink: Sink): Promise<void> {
    const { promise, ended } = this.#untilEnded(laneCount);
    const startLane = () => {
      const lane = new Lane((index, failure) => {
        sink.fail(index, failure);
        startLane();
      });
      this.#lanes.add(lane);
      void this.#drain(lane, claim, sink).then(() => {
        if (!lane.abandoned) ended();
      });
    };
    void this.#startInTurn(laneCount, startLane);
    return promise;
  }

  /**
   * Starts another lane only when those that are there wait for something. Lanes of tasks that compute without
   * waiting would take turns, task by task, and each result would lie there until all other lanes had had theirs.
   */
  async #startInTurn(laneCount: number, startLane: () => void): Promise<void> {
    for (let n = 0; n < laneCount; n++) {
      startLane();
      let endedBefore = this.#ended;
      for (let idle = 0; idle < TURNS_TO_WAIT; idle++) {
        await undefined;
        if (this.#ended === endedBefore) continue;
        endedBefore = this.#ended;
        idle = 0;
      }
    }
  }

  /** Starts the tasks `from` … `to` − 1 at once; resolves when all have ended. */
  runAll(from: number, to: number, sink: Sink): Promise<void> {
    const { workload, context, ledger, worker } = this.#options;
    const { promise, ended } = this.#untilEnded(to - from);
    const giveUp = (index: number, failure: Failure) => {
      sink.fail(index, failure);
      ended();
    };
    for (let index = from; index < to; index++) {
      const lane = new Lane(giveUp);
      this.#lanes.add(lane);
      const signal = lane.take(index);
      const fail = (error: unknown) => {
        if (lane.abandoned) return;
        lane.index = IDLE;
        sink.fail(index, ledger.fail(index, failureOf(signal.aborted ? signal.reason : error)));
        ended();
      };
      const complete = (result: unknown) => {
        if (signal.aborted) return fail(signal.reason);
        lane.index = IDLE;
        ledger.finish(index, COMPLETED);
        sink.complete(index, result);
        ended();
      };
      ledger.start(index, worker);
      try {
        workload.task(context, index, signal).then(complete, fail);
      } catch (error) {
        fail(error);
      }
    }
    return promise;
  }

  /** One task whose start a pool decides. Resolves when the sink has its outcome; nothing reaches it after an abort. */
  runOne(index: number, sink: Sink): Promise<void> {
    this.#deadlines.start();
    return new Promise(resolve => {
      const lane = new Lane((_index, failure) => {
        sink.fail(index, failure);
        resolve();
      });
      this.#lanes.add(lane);
      let next = this.#options.ledger.aborted ? -1 : index;
      const claim = () => {
        const claimed = next;
        next = -1;
        return claimed;
      };
      void this.#drain(lane, claim, sink).then(() => {
        this.#lanes.delete(lane);
        resolve();
      });
    });
  }

  /** Aborts what is in flight; what has not started is the claimer's to hold back. */
  cancelAll(): void {
    this.#deadlines.cancelAll();
  }

  /** A promise that resolves at the `count`th call of `ended`, with the deadlines watched meanwhile. */
  #untilEnded(count: number): { promise: Promise<void>; ended: () => void } {
    this.#lanes.clear();
    if (count <= 0) return { promise: Promise.resolve(), ended: () => {} };
    this.#deadlines.start();
    let ended: () => void = () => {};
    let pending = count;
    const promise = new Promise<void>(resolve => {
      ended = () => {
        if (--pending > 0) return;
        this.#deadlines.stop();
        resolve();
      };
    });
    return { promise, ended };
  }

  /** Never rejects: what a task throws is its outcome. */
  async #drain(lane: Lane, claim: () => number, sink: Sink): Promise<void> {
    const { workload, context, ledger, worker } = this.#options;
    for (let index = claim(); index >= 0; index = claim()) {
      const signal = lane.take(index);
      ledger.start(index, worker);
      try {
        const result = await workload.task(context, index, signal);
        if (lane.abandoned) return;
        // A result that comes after its time-out is a time-out.
        if (signal.aborted) throw signal.reason;
        this.#ended++;
        lane.index = IDLE;
        ledger.finish(index, COMPLETED);
        sink.complete(index, result);
      } catch (error) {
        if (lane.abandoned) return;
        this.#ended++;
        lane.index = IDLE;
        sink.fail(index, ledger.fail(index, failureOf(signal.aborted ? signal.reason : error)));
      }
    }
  }
}
