import { Tinypool } from 'tinypool';
import { entryUrl } from '../entry.js';
import { flag } from '../workloads/params.js';
import type { ParamsOf } from '../workloads/workload.js';
import { THREADS } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolStartRequest, startPool } from './pool.js';
import { type Ending, WorkerExits } from './worker-exits.js';

const optionSpecs = {
  atomics: flag(
    false,
    "whether an idle worker sleeps in Atomics.wait; tinypool's own default, true, freezes its loop",
  ),
  ...payloadOptions(),
};
type Options = ParamsOf<typeof optionSpecs>;

function create({ data, lose, threads, inFlightPerWorker, options }: PoolStartRequest<Options>): Pool {
  const exits = new WorkerExits(lose);
  const pool = new Tinypool({
    filename: entryUrl('tinypool-task').href,
    workerData: data,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlightPerWorker,
    idleTimeout: 86_400_000,
    useAtomics: options.atomics,
  });
  // Tinypool hears errors of its threads, not exits: their tasks would wait for ever.
  for (const worker of pool.threads) exits.watch(worker as unknown as Ending, 'thread');
  pool.on('error', (error: Error) => lose(error.message));
  return {
    run: (request, transfer) =>
      transfer.length === 0 ? pool.run(request) : pool.run(request, { transferList: [...transfer] }),
    close: () => exits.close(() => pool.destroy()),
  };
}

export default defineExecutor({
  name: 'tinypool',
  summary: 'a Tinypool pool of threads (as Vitest uses it), in-flight ÷ threads tasks per worker at once',
  capabilities: { ...THREADS, inFlightByBatch: true, dispatchOptions: { atomics: true } },
  options: optionSpecs,
  start: (workload, options) => startPool('tinypool', workload, options, create),
});
