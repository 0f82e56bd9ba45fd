import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entry.js';
import type { PoolRequest } from '../tasks/pool-task.js';
import { THREADS } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolStartRequest, startPool } from './pool.js';
import { WorkerExits } from './worker-exits.js';

async function create({ data, lose, threads, inFlightPerWorker }: PoolStartRequest): Promise<Pool> {
  const { FixedThreadPool } = await import('poolifier');
  const exits = new WorkerExits(lose);
  const pool = new FixedThreadPool<PoolRequest, unknown>(
    threads,
    fileURLToPath(entryUrl('poolifier-worker')),
    {
      workerOptions: { workerData: data },
      enableTasksQueue: true,
      tasksQueueOptions: {
        concurrency: inFlightPerWorker,
        // A stolen task is booked on the thief and taken off its first worker: each theft moves a place in flight for good.
        taskStealing: false,
        tasksStealingOnBackPressure: false,
      },
      restartWorkerOnError: false,
      errorHandler: ({ message }) => lose({ code: 'worker-failed', worker: 'thread', number: null, message }),
    },
  );
  // Nobody listening, an error of a worker would end this process.
  pool.emitter?.on('error', () => {});
  const nodes = [...pool.workerNodes];
  for (const { worker, messageChannel } of nodes) {
    // What a dead thread has still sent would be from nobody that it knows, and it throws at that.
    worker.prependOnceListener('exit', () => messageChannel?.port1.removeAllListeners('message'));
    exits.watch(worker, 'thread');
  }
  return {
    run: (request, transfer) =>
      transfer.length === 0
        ? pool.execute(request)
        : pool.execute(request, undefined, undefined, [...transfer]),
    // Its own destroy() goes by places in a list that changes meanwhile, and may wait for a worker that is gone.
    close: () =>
      exits.close(async () => {
        void pool.destroy().catch(() => {});
        await Promise.all(nodes.map(({ worker }) => worker.terminate()));
        for (const { messageChannel } of nodes) {
          messageChannel?.port1.close();
          messageChannel?.port2.close();
        }
      }),
  };
}

export default defineExecutor({
  name: 'poolifier',
  summary:
    'a poolifier FixedThreadPool without task stealing, in-flight ÷ threads tasks per worker at once (optional package)',
  capabilities: THREADS,
  needsPackage: 'poolifier',
  prepare: () => import('poolifier'),
  // Its workers have no way to transfer a result.
  options: payloadOptions(['clone', 'shared']),
  start: (workload, options) => startPool('poolifier', workload, options, create),
});
