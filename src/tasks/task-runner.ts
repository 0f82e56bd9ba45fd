import { COMPLETED, type Ledger } from '../trial/ledger.js';
import type { Workload } from '../workloads/workload.js';
import { findUncloneable, type Way } from './cloneable.js';
import { Deadlines } from './deadlines.js';
import { type Failure, failureOf, timedOut } from './failure.js';
import { IDLE, Lane, StartedLane } from './lane.js';
import { NONE_LEFT, NOT_YET, type TaskSource } from './source.js';
import { WaitGroup } from './wait-group.js';

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
  /** How its results travel; left out: they are where they are wanted. */
  readonly way?: Way;
}

/** Tasks that are started one by one without waiting for each other. */
interface TaskGroup<L extends Lane = Lane> {
  readonly sink: Sink;
  /** Called after the sink has been told. */
  ended(): void;
  readonly giveUp: Lane['giveUp'];
  /** Lanes whose task has ended, for those to come: there are as many as were ever in flight. */
  readonly idle: L[];
}

function nothing(): void {}

/** Microtasks without an end of a task after which its lanes are taken to wait for more than microtasks. */
const TURNS_TO_WAIT = 10;

/**
 * Runs tasks on this thread, in one of four shapes (lanes, all at once, as they come, one by one as a pool asks), and records each
 * in the ledger. The only caller of `workload.task`: that makes the work of all executors identical.
 *
 * `#drain` and `#start` do the same steps in two forms on purpose: a shared async function around the task would cost
 * 0.2 µs a task, four times the bookkeeping.
 */
export class TaskRunner {
  readonly #options: RunnerOptions;
  readonly #lanes = new Set<Lane>();
  readonly #deadlines: Deadlines;
  readonly #limitNs: bigint;
  /** Tasks that lanes have ended. */
  #ended = 0;
  /** Lanes that wait for the next task that a pool starts. */
  readonly #idle: StartedLane[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(this.#lanes, options.ledger, options.taskTimeoutMs);
    this.#limitNs = BigInt(Math.round(options.taskTimeoutMs * 1e6));
  }

  /** `laneCount` lanes that each claim an index, run its task, and claim the next until none is left. */
  runLanes(laneCount: number, source: TaskSource, sink: Sink): Promise<void> {
    const countdown = new WaitGroup(laneCount);
    const startLane = () => {
      const lane = new Lane((index, failure) => {
        sink.fail(index, failure);
        startLane();
      });
      this.#lanes.add(lane);
      void this.#drain(lane, source, sink).then(() => {
        this.#lanes.delete(lane);
        if (!lane.abandoned) countdown.end();
      });
    };
    void this.#startInTurn(laneCount, startLane);
    return countdown.over;
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

  /** Starts these tasks at once; resolves when all have ended. */
  runAll(indexes: readonly number[], sink: Sink): Promise<void> {
    const countdown = new WaitGroup(indexes.length);
    const course = this.#course(countdown, sink);
    for (const index of indexes) this.#startIn(course, index);
    return countdown.over;
  }

  /** Starts each task as soon as it may, however many are in flight; resolves when all have ended. */
  async runAsTheyCome(source: TaskSource, sink: Sink): Promise<void> {
    // One for the loop itself, so that the countdown is not over between two arrivals.
    const countdown = new WaitGroup(1);
    const course = this.#course(countdown, sink);
    for (let index = source.claim(); index !== NONE_LEFT; index = source.claim()) {
      if (index === NOT_YET) {
        await source.arrival();
        continue;
      }
      countdown.add();
      this.#startIn(course, index);
    }
    countdown.end();
    return countdown.over;
  }

  #course(countdown: WaitGroup, sink: Sink): TaskGroup {
    this.#lanes.clear();
    const ended = () => countdown.end();
    const giveUp = (index: number, failure: Failure) => {
      sink.fail(index, failure);
      ended();
    };
    return { sink, ended, giveUp, idle: [] };
  }

  /** Closures for each task: where thousands start at once, lanes that hold their own would cost twice as much. */
  #startIn(course: TaskGroup, index: number): void {
    const lane = course.idle.pop() ?? this.#addLane(new Lane(course.giveUp));
    this.#start(
      index,
      lane,
      result => this.#completed(lane, course, result),
      error => this.#failed(lane, course, error),
    );
  }

  #start(
    index: number,
    lane: Lane,
    complete: (result: unknown) => void,
    fail: (error: unknown) => void,
  ): void {
    const { workload, context, ledger, worker } = this.#options;
    const signal = lane.take(index);
    this.#deadlines.watch();
    ledger.start(index, worker);
    try {
      const result: unknown = workload.task(context, index, signal);
      // Whoever writes JavaScript may return a plain value: every executor takes that, as `await` does.
      (result instanceof Promise ? result : Promise.resolve(result)).then(complete, fail);
    } catch (error) {
      fail(error);
    }
  }

  #completed<L extends Lane>(lane: L, course: TaskGroup<L>, result: unknown): void {
    // A result that comes after its time-out is a time-out.
    if (lane.abandoned || lane.signal.aborted) {
      this.#failed(lane, course, lane.signal.reason);
      return;
    }
    const { index } = lane;
    lane.index = IDLE;
    course.idle.push(lane);
    this.#complete(index, result, course.sink);
    course.ended();
  }

  #failed<L extends Lane>(lane: L, course: TaskGroup<L>, error: unknown): void {
    const { ledger } = this.#options;
    if (lane.abandoned) {
      ledger.endStray();
      return;
    }
    const { index, signal } = lane;
    lane.index = IDLE;
    course.idle.push(lane);
    course.sink.fail(index, ledger.fail(index, failureOf(signal.aborted ? signal.reason : error)));
    course.ended();
  }

  #addLane<L extends Lane>(lane: L): L {
    this.#lanes.add(lane);
    return lane;
  }

  /**
   * One task whose start a pool decides. Each promise here costs what a pool's user would not pay.
   *
   * @returns its result or its Failure (the ledger says which); undefined after an abort
   */
  runOne(index: number): Promise<unknown> {
    return new Promise(resolve => {
      if (this.#options.ledger.aborted) return resolve(undefined);
      const lane = this.#idle.pop() ?? this.#addAnsweringLane();
      lane.answer = resolve;
      this.#start(index, lane, lane.complete, lane.fail);
    });
  }

  /** What the end of its tasks calls is made once for all of them: one after the other, they are many. */
  #addAnsweringLane(): StartedLane {
    // The answer holds on to the outcome: kept until the lane's next task, it would be copied by each scavenge.
    const settle = (_index: number, outcome: unknown) => {
      const { answer } = lane;
      lane.answer = nothing;
      answer(outcome);
    };
    const lane = this.#addLane(new StartedLane(settle));
    const course = {
      sink: { complete: settle, fail: settle },
      ended: nothing,
      giveUp: settle,
      idle: this.#idle,
    };
    lane.complete = result => this.#completed(lane, course, result);
    lane.fail = error => this.#failed(lane, course, error);
    return lane;
  }

  /** Aborts what is in flight; what has not started is the claimer's to hold back. */
  cancelAll(): void {
    this.#deadlines.cancelAll();
  }

  /** A task that held its thread past its limit has timed out, though no timer could tell it so. */
  #complete(index: number, result: unknown, sink: Sink): void {
    const { ledger, taskTimeoutMs } = this.#options;
    if (ledger.finish(index, COMPLETED) > this.#limitNs) {
      sink.fail(index, ledger.fail(index, failureOf(timedOut(taskTimeoutMs))));
      return;
    }
    const message = ledger.checked ? this.#lookAt(result) : null;
    if (message === null) sink.complete(index, result);
    else sink.fail(index, ledger.fail(index, { kind: 'uncloneable', message }));
  }

  /**
   * Some pools lose the worker, and with it every task in it, over a result that cannot travel. So all executors look at
   * each in the cold trial, and at none in those that are measured. On the loop that costs the same, and changes nothing:
   * there a result has no way to go.
   */
  #lookAt(result: unknown): string | null {
    const { way } = this.#options;
    const message = findUncloneable(result, way);
    return way === undefined ? null : message;
  }

  /** Never rejects: what a task throws is its outcome. */
  async #drain(lane: Lane, source: TaskSource, sink: Sink): Promise<void> {
    const { workload, context, ledger, worker } = this.#options;
    for (let index = source.claim(); index !== NONE_LEFT; index = source.claim()) {
      if (index === NOT_YET) {
        await source.arrival();
        continue;
      }
      const signal = lane.take(index);
      this.#deadlines.watch();
      ledger.start(index, worker);
      try {
        const result = await workload.task(context, index, signal);
        if (lane.abandoned) return ledger.endStray();
        // A result that comes after its time-out is a time-out.
        if (signal.aborted) throw signal.reason;
        this.#ended++;
        lane.index = IDLE;
        this.#complete(index, result, sink);
      } catch (error) {
        if (lane.abandoned) return ledger.endStray();
        this.#ended++;
        lane.index = IDLE;
        sink.fail(index, ledger.fail(index, failureOf(signal.aborted ? signal.reason : error)));
      }
    }
  }
}
