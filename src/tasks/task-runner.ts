import type { Workload } from '../workloads/workload.js';
import { ClaimLoop, type ClaimLoopOptions } from './claim-loop.js';
import type { Way } from './cloneable.js';
import { Deadlines } from './deadlines.js';
import { type Failure, failureBy, failureOf } from './failure.js';
import { IDLE, Lane, StartedLane } from './lane.js';
import { COMPLETED, type TaskRecorder } from './recorder.js';
import { ResultLook } from './result-look.js';
import type { TaskSource } from './source.js';

/** Where outcomes go: the batch itself on the main thread, a buffer of messages in a worker. */
export interface Sink {
  complete(index: number, result: unknown): void;
  fail(index: number, failure: Failure): void;
}

export interface RunnerOptions {
  readonly workload: Workload;
  readonly context: unknown;
  readonly recorder: TaskRecorder;
  /** Number of this worker, as it is recorded; 0 on the main thread. */
  readonly worker: number;
  readonly taskTimeoutMs: number;
  /** How its results travel; left out: they are where they are wanted. */
  readonly way?: Way;
  /** What a pool is answered, made of the outcome of a task; left out: the outcome itself. */
  readonly replyTo?: ((index: number, outcome: unknown) => unknown) | undefined;
}

/** Tasks that are started one by one without waiting for each other. */
interface TaskGroup<L extends Lane = Lane> {
  readonly sink: Sink;
  /** Called after the sink has been told. */
  onEnd(): void;
  readonly giveUp: Lane['giveUp'];
  /** Lanes whose task has ended, for those to come: there are as many as were ever in flight. */
  readonly idleLanes: L[];
}

type Limits = Pick<ClaimLoopOptions, 'most' | 'inWindows'>;

function nothing(): void {}

/** Microtasks without an end of a task after which its lanes are taken to wait for more than microtasks. */
const TURNS_TO_WAIT = 10;

/**
 * Runs tasks on this thread, in one of three shapes (lanes, all that may start, one by one as a pool asks), and records each. The only
 * caller of `workload.task`: that makes the work of all executors identical.
 */
export class TaskRunner {
  readonly #options: RunnerOptions;
  readonly #lanes = new Set<Lane>();
  readonly #deadlines: Deadlines;
  readonly #limitNs: bigint;
  readonly #look: ResultLook;
  /** Lanes that wait for the next task that a pool starts. */
  readonly #idleLanes: StartedLane[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines(this.#lanes, options.recorder, options.taskTimeoutMs);
    this.#limitNs = BigInt(Math.round(options.taskTimeoutMs * 1e6));
    this.#look = new ResultLook(options.recorder, options.way);
  }

  /**
   * `laneCount` lanes that each run one task after the other until none is left.
   *
   * Another one is opened only when those that are there wait for something. Lanes of tasks that compute without waiting
   * would take turns, task by task, and each result would lie there until all other lanes had had theirs.
   */
  async runLanes(laneCount: number, source: TaskSource, sink: Sink): Promise<void> {
    if (laneCount === 0) return;
    const loop = this.#loopOver(source, sink, { most: 1 });
    const running = loop.run();
    for (let open = 1; open < laneCount && !loop.isExhausted; open++) {
      let endedBefore = loop.endedTasks;
      for (let idle = 0; idle < TURNS_TO_WAIT; idle++) {
        await undefined;
        if (loop.endedTasks === endedBefore) continue;
        endedBefore = loop.endedTasks;
        idle = 0;
      }
      loop.addRoom();
    }
    return running;
  }

  /** Starts each task as soon as it may, as many at once as `limits` say; resolves when all have ended. */
  runAll(source: TaskSource, sink: Sink, limits: Limits = {}): Promise<void> {
    return this.#loopOver(source, sink, limits).run();
  }

  #loopOver(source: TaskSource, sink: Sink, limits: Limits): ClaimLoop {
    this.#lanes.clear();
    const loop = new ClaimLoop({ ...limits, source, start: index => this.#startIn(group, index) });
    const onEnd = () => loop.ended();
    const giveUp = (index: number, failure: Failure) => {
      sink.fail(index, failure);
      onEnd();
    };
    const group: TaskGroup = { sink, onEnd, giveUp, idleLanes: [] };
    return loop;
  }

  /** Closures for each task: where thousands start at once, lanes that hold their own would cost twice as much. */
  #startIn(group: TaskGroup, index: number): void {
    const lane = group.idleLanes.pop() ?? this.#addLane(new Lane(group.giveUp));
    this.#start(
      index,
      lane,
      result => this.#completed(lane, group, result),
      error => this.#failed(lane, group, error),
    );
  }

  #start(
    index: number,
    lane: Lane,
    complete: (result: unknown) => void,
    fail: (error: unknown) => void,
  ): void {
    const { workload, context, recorder, worker } = this.#options;
    const signal = lane.take(index);
    this.#deadlines.watch();
    recorder.start(index, worker);
    try {
      const result: unknown = workload.task(context, index, signal);
      // Whoever writes JavaScript may return a plain value: every executor takes that, as `await` does.
      (result instanceof Promise ? result : Promise.resolve(result)).then(complete, fail);
    } catch (error) {
      fail(error);
    }
  }

  #completed<L extends Lane>(lane: L, group: TaskGroup<L>, result: unknown): void {
    // A result that comes after its time-out is a time-out.
    if (lane.abandoned || lane.signal.aborted) {
      this.#failed(lane, group, lane.signal.reason);
      return;
    }
    const { index } = lane;
    lane.index = IDLE;
    group.idleLanes.push(lane);
    this.#complete(index, result, group.sink);
    group.onEnd();
  }

  #failed<L extends Lane>(lane: L, group: TaskGroup<L>, error: unknown): void {
    const { recorder } = this.#options;
    if (lane.abandoned) {
      recorder.endStray();
      return;
    }
    const { index, signal } = lane;
    lane.index = IDLE;
    group.idleLanes.push(lane);
    group.sink.fail(index, recorder.fail(index, failureOf(signal.aborted ? signal.reason : error)));
    group.onEnd();
  }

  #addLane<L extends Lane>(lane: L): L {
    this.#lanes.add(lane);
    return lane;
  }

  /**
   * One task whose start a pool decides. Each promise here costs what a pool's user would not pay.
   *
   * @returns its result or its Failure (the record says which), undefined after an abort; or what `replyTo` makes of it
   */
  runOne(index: number): Promise<unknown> {
    return new Promise(resolve => {
      const { recorder, replyTo } = this.#options;
      if (recorder.aborted) return resolve(replyTo?.(index, undefined));
      const lane = this.#idleLanes.pop() ?? this.#addAnsweringLane();
      lane.answer = resolve;
      this.#start(index, lane, lane.complete, lane.fail);
    });
  }

  /** What the end of its tasks calls is made once for all of them: one after the other, they are many. */
  #addAnsweringLane(): StartedLane {
    // The answer holds on to the outcome: kept until the lane's next task, it would be copied by each scavenge.
    const { replyTo } = this.#options;
    const settle = (index: number, outcome: unknown) => {
      const { answer } = lane;
      lane.answer = nothing;
      answer(replyTo === undefined ? outcome : replyTo(index, outcome));
    };
    const lane = this.#addLane(new StartedLane(settle));
    const group = {
      sink: { complete: settle, fail: settle },
      onEnd: nothing,
      giveUp: settle,
      idleLanes: this.#idleLanes,
    };
    lane.complete = result => this.#completed(lane, group, result);
    lane.fail = error => this.#failed(lane, group, error);
    return lane;
  }

  /** Aborts what is in flight; what has not started is the claimer's to hold back. */
  cancelAll(): void {
    this.#deadlines.cancelAll();
  }

  /** A task that held its thread past its limit has timed out, though no timer could tell it so. */
  #complete(index: number, result: unknown, sink: Sink): void {
    const { recorder, taskTimeoutMs } = this.#options;
    if (recorder.finish(index, COMPLETED) > this.#limitNs) {
      sink.fail(index, recorder.fail(index, failureBy({ code: 'timeout', limitMs: taskTimeoutMs })));
      return;
    }
    const refusal = recorder.checked ? this.#look.refusal(result) : null;
    if (refusal === null) sink.complete(index, result);
    else sink.fail(index, recorder.fail(index, failureBy(refusal)));
  }
}
