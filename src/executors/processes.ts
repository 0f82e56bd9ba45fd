import { Tinypool } from 'tinypool';
import { entryUrl } from '../entry.js';
import { isTask } from '../trial/pool-task.js';
import type { WorkerUsage } from '../trial/usage.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolAsked, startPool } from './pool.js';
import {
  ABORT,
  ProcessRecord,
  type ProcessReply,
  type ProcessRequest,
  type ProcessTaskData,
} from './process-record.js';
import { type Ending, WorkerExits } from './worker-exits.js';

function create({ data, lose, threads, inFlightPerWorker, ledger }: PoolAsked): Pool {
  const exits = new WorkerExits(lose);
  const record = new ProcessRecord();
  const { workload, taskTimeoutMs, payload } = data;
  const capacity = ledger.load === 'duration' ? null : ledger.capacity;
  const told: ProcessTaskData = { workload, taskTimeoutMs, payload, capacity };
  const pool = new Tinypool({
    runtime: 'child_process',
    // Results as threads would give them: JSON, the default, loses undefined, BigInt, Map and typed arrays.
    serialization: 'advanced',
    filename: entryUrl('process-task').href,
    argv: [JSON.stringify(told)],
    env: process.env as Record<string, string>,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlightPerWorker,
    idleTimeout: 86_400_000,
  });
  const workers = [...pool.threads];
  for (const worker of workers) exits.watch(worker as unknown as Ending, 'a worker process');
  pool.on('error', (error: Error) => lose(error.message));
  let batch = 0;
  return {
    async run(request) {
      const reply = (await pool.run({ batch, request } satisfies ProcessRequest)) as ProcessReply;
      record.note(reply);
      // The reply to a task is written down when it is delivered.
      return isTask(request) ? reply : reply.value;
    },
    begin: () => batch++,
    abort() {
      for (const worker of workers) (worker as unknown as { send(message: string): void }).send(ABORT);
    },
    record: (to, index, reply) => record.write(to, index, reply as ProcessReply),
    usage: (): WorkerUsage => record.usage(),
    close: () => exits.close(() => pool.destroy()),
  };
}

export default defineExecutor({
  name: 'processes',
  summary: "child processes (Tinypool's), as joblib starts them: nothing is shared, all is sent",
  kind: 'processes',
  options: payloadOptions(['clone']),
  start: (workload, options) => startPool('processes', workload, options, create),
});
