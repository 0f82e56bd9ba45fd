import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entry.js';
import { THREADS } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolStartRequest, startPool } from './pool.js';
import { workerEnded } from './worker-exits.js';

async function create({ data, lose, threads }: PoolStartRequest): Promise<Pool> {
  const { default: workerpool } = await import('workerpool');
  const pool = workerpool.pool(fileURLToPath(entryUrl('workerpool-worker')), {
    workerType: 'thread',
    minWorkers: threads,
    maxWorkers: threads,
    workerThreadOpts: { workerData: data },
    // Called for a worker that has ended as for one that is asked to.
    onTerminateWorker: () => {
      if (!closing) setImmediate(() => lose(workerEnded('thread')));
    },
  });
  let closing = false;
  return {
    // A promise of its own kind, and left as it is: a native one around it would be paid for with each task.
    run: (request, transfer) =>
      pool.exec('run', [request], transfer.length === 0 ? undefined : { transfer: [...transfer] }),
    async close() {
      closing = true;
      await pool.terminate(true);
    },
  };
}

export default defineExecutor({
  name: 'workerpool',
  summary: 'a workerpool pool of threads, one task per worker at a time (optional package)',
  capabilities: THREADS,
  needsPackage: 'workerpool',
  prepare: () => import('workerpool'),
  maxInFlightPerWorker: 1,
  options: payloadOptions(),
  start: (workload, options) => startPool('workerpool', workload, options, create),
});
