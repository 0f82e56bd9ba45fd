import { Worker } from 'node:worker_threads';
import { nowNs } from '../clock.js';
import { entryUrl } from '../entry.js';
import { describeThrown, WorkerLost } from '../errors.js';
import type { Loss, LossOf } from '../schema/index.js';
import type { Batch } from '../tasks/batch.js';
import { PayloadCodec, type PayloadResult, type PayloadSetting, type PayloadTask } from '../tasks/payload.js';
import type { ResultMessage } from '../tasks/result-buffer.js';
import type { WorkloadRef } from '../workloads/workload.js';
import { allOpen } from './all-open.js';
import { THREADS } from './capabilities.js';
import { defineExecutor, type RunningExecutor, type StartOptions } from './executor.js';
import { type PayloadOptions, payloadOptions, threadDataOf } from './payload-options.js';
import { QueueFeeder } from './queue-feeder.js';
import type { ThreadPoolData } from './thread-task.js';

/** In losses. */
export type QueueThread = Pick<LossOf<'worker-failed'>, 'worker' | 'number'>;

export interface QueueWorkerData extends ThreadPoolData {
  /** From 0, as it is recorded. */
  readonly worker: number;
}

/** A number: drain in so many lanes; a list of tasks with their data, where they have some; `done`: there are no more of them. */
export type ToQueueWorker = number | 'done' | 'close' | readonly PayloadTask[];
/** `refused`: what the thread failed at, its workload or a result. */
export type FromQueueWorker = { readonly opened: true } | { readonly refused: Loss } | ResultMessage;

/** What the current batch waits for. */
interface Draining {
  readonly batch: Batch;
  /** Hands out tasks that have data. */
  readonly feeder: QueueFeeder | null;
  workersLeft: number;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Worker threads drain a shared queue: the queue is one index in shared memory that every lane of every worker claims
 * from, so handing out a task costs an atomic addition and no message. Data cannot be claimed: tasks that have some are
 * sent, each worker's share and as many again at a time.
 */
class QueueExecutor implements RunningExecutor {
  readonly #workers: Worker[] = [];
  readonly #codec: PayloadCodec | null;
  readonly #lanes: number;
  #draining: Draining | null = null;
  #lost: WorkerLost | null = null;
  #disposed: Promise<void> | undefined;

  constructor(payload: PayloadSetting | null, lanes: number) {
    this.#codec = payload && new PayloadCodec(payload);
    this.#lanes = lanes;
  }

  /** Resolves when the worker has opened the workload. */
  addWorker(data: QueueWorkerData): Promise<void> {
    const worker = new Worker(entryUrl('queue-worker'), { workerData: data });
    this.#workers.push(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromQueueWorker) => {
        if ('opened' in message) resolve();
        else if ('refused' in message) lose(message.refused);
        else this.#deliver(message, data.worker);
      });
      const lose = (loss: Loss) => {
        if (this.#disposed !== undefined) return;
        this.#lost ??= new WorkerLost(loss);
        reject(this.#lost);
        this.#draining?.reject(this.#lost);
      };
      const who: QueueThread = { worker: 'thread', number: data.worker + 1 };
      worker.on('messageerror', error =>
        lose({ code: 'message-unreadable', ...who, message: describeThrown(error) }),
      );
      worker.on('error', error => lose(failureOf(who, error)));
      // exit(0) gives no error event: any exit before the end is a loss.
      worker.on('exit', exitCode =>
        lose({ code: 'worker-ended', ...who, host: null, exitCode, signal: null }),
      );
    });
  }

  async run(batch: Batch): Promise<void> {
    if (this.#lost !== null) throw this.#lost;
    const abort = () => batch.recorder.abort();
    if (batch.signal.aborted) abort();
    batch.signal.addEventListener('abort', abort);
    try {
      await new Promise<void>((resolve, reject) => {
        const lanes = Math.min(this.#lanes, Math.ceil(batch.inFlight / this.#workers.length));
        const feeder = this.#codec && new QueueFeeder(batch.source, this.#codec, this.#workers, 2 * lanes);
        this.#draining = { batch, feeder, workersLeft: this.#workers.length, resolve, reject };
        for (const worker of this.#workers) worker.postMessage(lanes satisfies ToQueueWorker);
        feeder?.run().catch(reject);
      });
    } finally {
      this.#draining = null;
      batch.signal.removeEventListener('abort', abort);
    }
  }

  #deliver(message: ResultMessage, worker: number): void {
    const draining = this.#draining;
    if (draining === null) return;
    const { batch, feeder } = draining;
    const { recorder } = batch;
    const { indexes, results, failedIndexes, failures } = message;
    const atNs = nowNs();
    for (let at = 0; at < indexes.length; at++) {
      const index = indexes[at]!;
      recorder.deliver(index, atNs);
      batch.complete(
        index,
        this.#codec === null ? results[at] : this.#codec.unpack(index, results[at] as PayloadResult),
      );
    }
    for (let at = 0; at < failedIndexes.length; at++) {
      const index = failedIndexes[at]!;
      recorder.deliver(index, atNs);
      batch.fail(index, failures[at]!);
    }
    feeder?.ended(worker, indexes.length + failedIndexes.length);
    if (message.done && --draining.workersLeft === 0) draining.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  async #close(): Promise<void> {
    const exits = this.#workers.map(worker => new Promise(resolve => worker.once('exit', resolve)));
    // A lost executor's other workers may be in the middle of anything: no use asking.
    if (this.#lost !== null) await Promise.all(this.#workers.map(worker => worker.terminate()));
    else {
      for (const worker of this.#workers) worker.postMessage('close' satisfies ToQueueWorker);
      await Promise.all(exits);
    }
  }
}

function failureOf(who: QueueThread, error: unknown): Loss {
  const code = (error as Partial<NodeJS.ErrnoException> | null)?.code;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? { code: 'worker-out-of-memory', ...who }
    : { code: 'worker-failed', ...who, message: describeThrown(error) };
}

async function start(workload: WorkloadRef, options: StartOptions<PayloadOptions>): Promise<RunningExecutor> {
  const { threads, inFlightPerWorker: lanes } = options;
  const data = threadDataOf(workload, options);
  const executor = new QueueExecutor(data.payload, lanes);
  try {
    await allOpen(Array.from({ length: threads }, (_, worker) => executor.addWorker({ ...data, worker })));
    return executor;
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
}

export default defineExecutor({
  name: 'queue',
  summary:
    'worker threads take tasks from a shared list: claims in shared memory, results in batched messages',
  capabilities: { ...THREADS, inFlightByBatch: true },
  options: payloadOptions(),
  start,
});
