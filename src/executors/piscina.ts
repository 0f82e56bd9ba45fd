import { Piscina } from 'piscina';
import { nowNs } from '../clock.js';
import { entryUrl } from '../entry.js';
import { WorkerLost } from '../errors.js';
import type { Batch } from '../trial/batch.js';
import type { Failure } from '../trial/failure.js';
import { COMPLETED, type LedgerBuffers, NOT_STARTED } from '../trial/ledger.js';
import type { WorkloadRef } from '../workloads/workload.js';
import { defineExecutor, type RunningExecutor, type StartOptions } from './executor.js';

export interface PiscinaTaskData {
  readonly workload: WorkloadRef;
  readonly ledger: LedgerBuffers;
  readonly taskTimeoutMs: number;
}

/** A Piscina pool, used as its users do: `run` for every task, and the results awaited together. */
class PiscinaExecutor implements RunningExecutor {
  readonly #pool: Piscina;
  #lost: WorkerLost | null = null;
  #disposed: Promise<void> | undefined;

  constructor(pool: Piscina) {
    this.#pool = pool;
    // Piscina replaces a dead thread without a word: here it is a loss. The tasks in flight know why, a moment later.
    pool.on('workerDestroy', () => setImmediate(() => this.#lose('a worker thread ended')));
  }

  async run(batch: Batch): Promise<void> {
    if (this.#lost !== null) throw this.#lost;
    const abort = () => batch.ledger.abort();
    if (batch.signal.aborted) return;
    batch.signal.addEventListener('abort', abort);
    try {
      await this.#runAll(batch);
    } finally {
      batch.signal.removeEventListener('abort', abort);
    }
  }

  #runAll(batch: Batch): Promise<void> {
    const { ledger } = batch;
    return new Promise((resolve, reject) => {
      let pending = batch.tasks;
      if (pending === 0) resolve();
      const deliver = (index: number, value: unknown) => {
        const outcome = ledger.outcome[index];
        ledger.deliveredNs[index] = nowNs();
        if (outcome === COMPLETED) batch.complete(index, value);
        else if (outcome !== NOT_STARTED) batch.fail(index, value as Failure);
        if (--pending === 0) resolve();
      };
      // Task failures come back as values: a rejection means that the thread is gone.
      const lose = (error: Error) => reject(this.#lose(error.message));
      for (let index = 0; index < batch.tasks; index++)
        this.#pool.run(index).then(value => deliver(index, value), lose);
    });
  }

  #lose(reason: string): WorkerLost {
    this.#lost ??= new WorkerLost(`piscina: ${reason}`);
    return this.#lost;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#pool.destroy();
    return this.#disposed;
  }
}

async function start(workload: WorkloadRef, options: StartOptions): Promise<RunningExecutor> {
  const { threads, inFlightPerWorker, ledger, taskTimeoutMs } = options;
  const workerData: PiscinaTaskData = { workload, ledger: ledger.buffers, taskTimeoutMs };
  const pool = new Piscina({
    filename: entryUrl('piscina-task').href,
    workerData,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlightPerWorker,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: options.options.atomics as 'sync' | 'async' | 'disabled',
    stricterFIFO: options.options.stricterFIFO === true,
    recordTiming: false,
  });
  await new Promise<void>((resolve, reject) => {
    let opened = 0;
    pool.on('message', () => {
      if (++opened === threads) resolve();
    });
    pool.on('error', reject);
  }).catch(async (error: unknown) => {
    await pool.destroy();
    throw error;
  });
  return new PiscinaExecutor(pool);
}

export default defineExecutor({
  name: 'piscina',
  summary: 'a Piscina pool, pre-started, in-flight ÷ threads tasks per worker at once',
  kind: 'threads',
  options: {
    atomics: {
      kind: 'choice',
      default: 'async',
      choices: ['async', 'sync', 'disabled'],
      summary: "how an idle worker waits; piscina's own default, sync, freezes its loop",
    },
    stricterFIFO: {
      kind: 'boolean',
      default: true,
      summary: "first in, first out; piscina's own default, false, runs queued tasks out of order",
    },
  },
  start,
});
