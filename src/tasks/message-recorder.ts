import { nowNs } from '../clock.js';
import type { Failure } from './failure.js';
import { type PoolRequest, type PoolTaskData, poolTask } from './pool-task.js';
import { failedAs, NOT_STARTED, STARTED, type TaskRecorder } from './recorder.js';

/** Told to all workers that share no memory in which they would see it. */
export const ABORT = 'abort';

/** Told to all of them before each batch. It overtakes no task: all of the batch before have been answered. */
export interface BatchBegins {
  /** Whether results are looked at. */
  readonly checked: boolean;
  /** Whether objects that they share are looked for as well, as all executors do in a cold trial. Default false. */
  readonly sharing?: boolean;
}

/**
 * What a worker sends back of a task, a tuple: names of fields would be written into every message. Stamps are of the worker's own
 * clock. Outcome NOT_STARTED: it was no task, or one held back by an abort.
 */
export type TaskReply = readonly [
  value: unknown,
  outcomeAndWorker: number,
  startedNs: number,
  durationNs: number,
];

const OUTCOMES = 8;

export function outcomeOfReply([, both]: TaskReply): number {
  return both % OUTCOMES;
}

export function workerOfReply([, both]: TaskReply): number {
  return Math.floor(both / OUTCOMES);
}

/** A task that runs, or has ended and is still to be answered. */
interface TaskEntry {
  readonly startedNs: bigint;
  finishedNs: bigint;
  outcome: number;
}

/** The recorder of workers that share nothing with the host, in their own memory: what it knows of a task is sent with its result. */
export class MessageRecorder implements TaskRecorder {
  checked = false;
  sharing = false;
  aborted = false;
  /** Tasks of the batch at hand that were given up while they ran. */
  ignoredAborts = 0;
  /** Tasks of any batch that have been given up and still run. */
  strays = 0;
  readonly #tasks = new Map<number, TaskEntry>();

  /** Told of every message of the host that is no task. */
  hear(message: unknown): void {
    if (message === ABORT) this.aborted = true;
    const { checked, sharing = false } = (message ?? {}) as Partial<BatchBegins>;
    if (typeof checked !== 'boolean') return;
    this.checked = checked;
    this.sharing = sharing;
    this.aborted = false;
    this.ignoredAborts = 0;
  }

  start(index: number): void {
    this.#tasks.set(index, { startedNs: nowNs(), finishedNs: 0n, outcome: STARTED });
  }

  finish(index: number, outcome: number): bigint {
    const task = this.#tasks.get(index)!;
    task.finishedNs = nowNs();
    task.outcome = outcome;
    return task.finishedNs - task.startedNs;
  }

  fail(index: number, failure: Failure): Failure {
    this.finish(index, failedAs(failure));
    return failure;
  }

  startedAtNs(index: number): bigint {
    return this.#tasks.get(index)!.startedNs;
  }

  /** Each result has a message of its own anyway. */
  sendApart(): void {}

  addStray(): void {
    this.ignoredAborts++;
    this.strays++;
  }

  endStray(): void {
    this.strays--;
  }

  /** The last that is wanted of a task. @param index OPEN or CLOSE: no task, of which nothing is known */
  replyTo(index: number, value: unknown, worker: number): TaskReply {
    const task = this.#tasks.get(index);
    if (task === undefined) return [value, NOT_STARTED + OUTCOMES * worker, 0, 0];
    this.#tasks.delete(index);
    const { outcome, startedNs, finishedNs } = task;
    return [value, outcome + OUTCOMES * worker, Number(startedNs), Number(finishedNs - startedNs)];
  }
}

/** The function that a pool calls in such workers: see `poolTask`. */
export function messageTask(
  data: PoolTaskData,
  recorder: MessageRecorder,
  worker: number,
): (request: PoolRequest) => Promise<TaskReply> {
  const replyTo = (index: number, outcome: unknown) => recorder.replyTo(index, outcome, worker);
  return poolTask(data, recorder, worker, { way: 'process', replyTo }) as (
    request: PoolRequest,
  ) => Promise<TaskReply>;
}
