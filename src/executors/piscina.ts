import { Piscina } from 'piscina';
import { entryUrl } from '../entry.js';
import { choice, flag } from '../workloads/params.js';
import type { ParamsOf } from '../workloads/workload.js';
import { THREADS } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolStartRequest, startPool } from './pool.js';
import { workerEnded } from './worker-exits.js';

const optionSpecs = {
  atomics: choice(
    ['async', 'sync', 'disabled'],
    "how an idle worker waits; piscina's own default, sync, freezes its loop",
  ),
  stricterFIFO: flag(
    true,
    "first in, first out; piscina's own default, false, runs queued tasks out of order",
  ),
  ...payloadOptions(),
};
type Options = ParamsOf<typeof optionSpecs>;

function create({ data, lose, threads, inFlightPerWorker, options }: PoolStartRequest<Options>): Pool {
  const pool = new Piscina({
    filename: entryUrl('piscina-task').href,
    workerData: data,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlightPerWorker,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: options.atomics,
    stricterFIFO: options.stricterFIFO,
    recordTiming: false,
  });
  // Piscina replaces a dead thread without a word: here it is a loss. The tasks in flight know why, a moment later.
  pool.on('workerDestroy', () => setImmediate(() => lose(workerEnded('thread'))));
  const opened = new Promise<void>((resolve, reject) => {
    let workers = 0;
    let refused: Error | null = null;
    pool.on('message', (message: { readonly refused?: string }) => {
      if (message.refused !== undefined) refused ??= new Error(message.refused);
      // Not before all have answered: a thread that is ended while it loads may take this process with it.
      if (++workers < threads) return;
      if (refused === null) resolve();
      else reject(refused);
    });
    pool.on('error', reject);
  });
  return {
    opened,
    run: (request, transfer) =>
      transfer.length === 0 ? pool.run(request) : pool.run(request, { transferList: [...transfer] }),
    close: () => pool.destroy(),
  };
}

export default defineExecutor({
  name: 'piscina',
  summary: 'a Piscina pool, pre-started, in-flight ÷ threads tasks per worker at once',
  capabilities: { ...THREADS, inFlightByBatch: true, dispatchOptions: { atomics: 'sync' } },
  options: optionSpecs,
  start: (workload, options) => startPool('piscina', workload, options, create),
});
