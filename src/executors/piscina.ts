import { Piscina } from 'piscina';
import { nowNs } from '../clock.js';
import { entryUrl } from '../entry.js';
import { WorkerLost } from '../errors.js';
import type { Batch } from '../trial/batch.js';
import { Countdown } from '../trial/countdown.js';
import type { Failure } from '../trial/failure.js';
import { CANCELLED, COMPLETED, FAILED, type LedgerBuffers } from '../trial/ledger.js';
import { NONE_LEFT, NOT_YET } from '../trial/source.js';
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
  readonly #inFlight: number;
  #onLoss: (error: Error) => void = () => {};
  #lost: WorkerLost | null = null;
  #disposed: Promise<void> | undefined;

  constructor(pool: Piscina, inFlight: number) {
    this.#pool = pool;
    this.#inFlight = inFlight;
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

  /** `run` for each task as soon as it may start, and all of them awaited together. */
  async #runAll(batch: Batch): Promise<void> {
    const { source } = batch;
    const countdown = new Countdown(1, () => {});
    const room = new Room(this.#mostInPool(batch));
    const lost = new Promise<never>((_, reject) => {
      // Task failures come back as values: a rejection means that the thread is gone.
      this.#onLoss = error => reject(this.#lose(error.message));
    });
    lost.catch(() => {});
    for (let index = source.claim(); index !== NONE_LEFT; index = source.claim()) {
      if (index === NOT_YET) {
        await Promise.race([source.arrival(), lost]);
        continue;
      }
      const claimed = index;
      countdown.add();
      room.enter();
      this.#pool.run(index).then(value => {
        deliver(batch, claimed, value);
        room.leave();
        countdown.end();
      }, this.#onLoss);
      if (room.isFull) await Promise.race([room.vacancy(), lost]);
    }
    countdown.end();
    await Promise.race([countdown.over, lost]);
  }

  /** A load that keeps in-flight full needs no more in the pool than that, and as many again for the workers to go on with. */
  #mostInPool(batch: Batch): number {
    return Number.isFinite(batch.tasks) ? Number.POSITIVE_INFINITY : 2 * this.#inFlight;
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

function deliver(batch: Batch, index: number, value: unknown): void {
  const { ledger } = batch;
  const outcome = ledger.outcomeOf(index);
  ledger.deliver(index, nowNs());
  if (outcome === COMPLETED) batch.complete(index, value);
  // A task that an abort held back has neither completed nor failed.
  else if (outcome === FAILED || outcome === CANCELLED) batch.fail(index, value as Failure);
}

/** Keeps count of what is in the pool. */
class Room {
  readonly #most: number;
  #inside = 0;
  #vacant: () => void = () => {};

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#inside >= this.#most;
  }

  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    this.#vacant();
  }

  /** Resolves when somebody leaves. */
  vacancy(): Promise<void> {
    return new Promise(resolve => {
      this.#vacant = resolve;
    });
  }
}

async function start(workload: WorkloadRef, options: StartOptions): Promise<RunningExecutor> {
  const { threads, inFlight, inFlightPerWorker, ledger, taskTimeoutMs } = options;
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
  return new PiscinaExecutor(pool, inFlight);
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
