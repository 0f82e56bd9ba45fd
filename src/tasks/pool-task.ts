import type { Workload, WorkloadRef } from '../workloads/workload.js';
import type { Way } from './cloneable.js';
import { openWorkload } from './open-workload.js';
import { type PayloadSetting, type PayloadTask, withPayloadFrom } from './payload.js';
import type { TaskRecorder } from './recorder.js';
import { type RunnerOptions, TaskRunner } from './task-runner.js';

/** What a pool's worker needs to know before its first task. */
export interface PoolTaskData {
  readonly workload: WorkloadRef;
  readonly taskTimeoutMs: number;
  /** Null: tasks without data. */
  readonly payload: PayloadSetting | null;
}

/** The variable in which a worker process finds its PoolTaskData, as JSON. */
export const PROCESS_TASK = 'THREADS_VS_LOOP_TASK';

/** Asks a worker to open the workload, or to close it; everything from 0 on is a task. */
export const OPEN = -1;
export const CLOSE = -2;
/** What a pool's worker is asked to do: an index, OPEN or CLOSE, or a task with its data. */
export type PoolRequest = number | PayloadTask;

export function isTask(request: PoolRequest): boolean {
  return typeof request !== 'number' || request >= 0;
}

/** How outcomes get to the host. */
export interface PoolTaskOptions extends Pick<RunnerOptions, 'replyTo'> {
  readonly way: Way;
}

/**
 * The function that a pool calls in its workers: OPEN and CLOSE are answered with the worker's number, a task with its result or its
 * Failure (the record says which; undefined for a task held back by an abort), each as `replyTo` puts it.
 *
 * @param worker its number, as it is recorded
 */
export function poolTask(
  data: PoolTaskData,
  recorder: TaskRecorder,
  worker: number,
  options: PoolTaskOptions = { way: 'thread' },
): (request: PoolRequest) => Promise<unknown> {
  const { replyTo = (_request, outcome) => outcome } = options;
  let opening: Promise<PoolWorker> | undefined;
  let ready: PoolWorker | undefined;
  const run = async (request: PoolRequest) => {
    opening ??= PoolWorker.open(data, { recorder, worker, ...options });
    ready = await opening;
    if (isTask(request)) return ready.run(request);
    if (request === CLOSE) await ready.close();
    return replyTo(request as number, worker);
  };
  return request => (ready !== undefined && isTask(request) ? ready.run(request) : run(request));
}

/** One worker of a pool, with the workload open. */
class PoolWorker {
  readonly #workload: Workload;
  readonly #context: unknown;
  readonly #runner: TaskRunner;
  readonly #inputs: Map<number, PayloadTask>;
  #closed: Promise<void> | undefined;

  private constructor(
    workload: Workload,
    context: unknown,
    runner: TaskRunner,
    inputs: Map<number, PayloadTask>,
  ) {
    this.#workload = workload;
    this.#context = context;
    this.#runner = runner;
    this.#inputs = inputs;
  }

  static async open(
    data: PoolTaskData,
    options: Pick<RunnerOptions, 'recorder' | 'worker' | 'way' | 'replyTo'>,
  ): Promise<PoolWorker> {
    const { workload: own, context } = await openWorkload(data.workload);
    const inputs = new Map<number, PayloadTask>();
    const workload = data.payload === null ? own : withPayloadFrom(own, inputs);
    const runner = new TaskRunner({ ...options, workload, context, taskTimeoutMs: data.taskTimeoutMs });
    return new PoolWorker(workload, context, runner, inputs);
  }

  run(request: PoolRequest): Promise<unknown> {
    if (typeof request === 'number') return this.#runner.runOne(request);
    this.#inputs.set(request.index, request);
    return this.#runner.runOne(request.index);
  }

  close(): Promise<void> {
    this.#closed ??= this.#workload.close(this.#context);
    return this.#closed;
  }
}
