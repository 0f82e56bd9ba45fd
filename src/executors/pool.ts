import { WorkerLost } from '../errors.js';
import type { Batch } from '../tasks/batch.js';
import { PayloadCodec } from '../tasks/payload.js';
import { CLOSE, OPEN, type PoolRequest } from '../tasks/pool-task.js';
import type { Recorder } from '../tasks/recorder.js';
import type { WorkerUsage } from '../trial/usage.js';
import type { WorkloadRef } from '../workloads/workload.js';
import { allOpen } from './all-open.js';
import type { RunningExecutor, StartOptions } from './executor.js';
import { Losses, type LossTold } from './losses.js';
import { type PayloadOptions, threadDataOf } from './payload-options.js';
import { lossBy, PoolRun } from './pool-run.js';
import type { ThreadPoolData } from './thread-task.js';

/** A pool library, as far as the tasks of a batch are concerned. */
export interface Pool {
  /** Has the task file's function called in one of the workers. Rejects when that worker is gone. */
  run(request: PoolRequest, transfer: readonly ArrayBuffer[]): PromiseLike<unknown>;
  /** Resolves when all workers are gone. */
  close(): Promise<void>;
  /** Where workers tell when they are open; without it each is asked by a task of its own. */
  readonly opened?: Promise<void>;
  /** Where workers share no memory with the host: writes down what a reply tells, and gives what it held. */
  record?(recorder: Recorder, index: number, reply: unknown): unknown;
  /** Where workers cannot see the abort in shared memory. */
  abort?(): void;
  /** Called before each batch. */
  begin?(): void;
  usage?(): WorkerUsage;
  /** Asks its processes what they have used: what `usage` tells from then on. */
  refreshUsage?(): Promise<void>;
}

/** What a library needs to make its pool. */
export interface PoolStartRequest<Options = unknown> extends StartOptions<Options> {
  readonly data: ThreadPoolData;
  /** To be called when a worker ends that nobody has asked to: pools replace it without a word. */
  readonly lose: (loss: LossTold) => void;
}

/** A pool of some library as an executor, used as its users do: `run` for every task, the results awaited together. */
export async function startPool<Options extends PayloadOptions>(
  name: string,
  workload: WorkloadRef,
  options: StartOptions<Options>,
  create: (asked: PoolStartRequest<Options>) => Pool | Promise<Pool>,
): Promise<RunningExecutor> {
  const losses = new Losses(name);
  const data = threadDataOf(workload, options);
  const lose = (loss: LossTold) => losses.lose(lossBy(options.recorder, loss));
  const pool = await create({ ...options, data, lose });
  const executor = new PoolExecutor(pool, losses, options, data.payload && new PayloadCodec(data.payload));
  try {
    await executor.open();
    return executor;
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
}

const CLOSE_ATTEMPTS = 5;

class PoolExecutor implements RunningExecutor {
  readonly #pool: Pool;
  readonly #losses: Losses;
  readonly #options: StartOptions<unknown>;
  readonly #codec: PayloadCodec | null;
  readonly usage?: () => WorkerUsage;
  readonly refreshUsage?: () => Promise<void>;
  #disposed: Promise<void> | undefined;

  constructor(pool: Pool, losses: Losses, options: StartOptions<unknown>, codec: PayloadCodec | null) {
    this.#pool = pool;
    this.#losses = losses;
    this.#options = options;
    this.#codec = codec;
    if (pool.usage !== undefined) this.usage = () => pool.usage!();
    if (pool.refreshUsage !== undefined) this.refreshUsage = () => pool.refreshUsage!();
  }

  /** Resolves when every worker has opened the workload. */
  async open(): Promise<void> {
    const { opened } = this.#pool;
    if (opened !== undefined) return this.#losses.rejectOnLoss(() => opened);
    const { threads } = this.#options;
    const workers = new Set(await this.#losses.rejectOnLoss(() => this.#askEach(OPEN)));
    if (workers.size !== threads)
      throw new WorkerLost({ code: 'workers-not-open', opened: workers.size, workers: threads });
  }

  async run(batch: Batch): Promise<void> {
    if (this.#losses.lost !== null) throw this.#losses.lost;
    if (batch.signal.aborted) return;
    const abort = () => {
      batch.recorder.abort();
      this.#pool.abort?.();
    };
    this.#pool.begin?.();
    batch.signal.addEventListener('abort', abort);
    const { inFlight } = this.#options;
    const run = new PoolRun(batch, this.#pool, this.#codec, inFlight, loss => this.#losses.lose(loss));
    try {
      await this.#losses.rejectOnLoss(() => run.run());
    } finally {
      run.stop();
      batch.signal.removeEventListener('abort', abort);
    }
  }

  /** One request for each worker: an idle pool gives them to different ones. */
  #askEach(request: number): Promise<unknown[]> {
    return allOpen(Array.from({ length: this.#options.threads }, () => this.#pool.run(request, [])));
  }

  /** Each worker lets go of what it has opened; a pool may ask one of them twice, and another not at all. */
  async #closeWorkloads(): Promise<void> {
    const closed = new Set<unknown>();
    for (let attempt = 0; attempt < CLOSE_ATTEMPTS && closed.size < this.#options.threads; attempt++)
      for (const worker of await this.#askEach(CLOSE)) closed.add(worker);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#close();
    return this.#disposed;
  }

  async #close(): Promise<void> {
    if (this.#losses.lost === null) await this.#closeWorkloads().catch(() => {});
    await this.#pool.close();
  }
}
