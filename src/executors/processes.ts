import type { ChildProcess } from 'node:child_process';
import { Tinypool } from 'tinypool';
import { entryUrl } from '../entry.js';
import { ABORT, type BatchBegins } from '../tasks/message-recorder.js';
import { type PackedReply, unpackReply } from '../tasks/packed-reply.js';
import { isTask, type PoolTaskData, PROCESS_TASK } from '../tasks/pool-task.js';
import { PROCESSES } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';
import { type Pool, type PoolStartRequest, startPool } from './pool.js';
import { ProcessUsage } from './process-usage.js';
import { readReply } from './task-reply.js';
import { type Ending, WorkerExits } from './worker-exits.js';

function create({ data, lose, threads, inFlightPerWorker, recorder }: PoolStartRequest): Pool {
  const exits = new WorkerExits(lose);
  const { workload, taskTimeoutMs, payload } = data;
  const workerData: PoolTaskData = { workload, taskTimeoutMs, payload };
  const pool = new Tinypool({
    runtime: 'child_process',
    // Results as threads would give them: JSON, the default, loses undefined, BigInt, Map and typed arrays.
    serialization: 'advanced',
    filename: entryUrl('process-task').href,
    // Not as an argument: those of a process everybody on the machine may read, and parameters may be secret headers.
    env: { ...(process.env as Record<string, string>), [PROCESS_TASK]: JSON.stringify(workerData) },
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlightPerWorker,
    idleTimeout: 86_400_000,
  });
  const workers = [...pool.threads];
  const children = workers.map(worker => (worker as unknown as { process: ChildProcess }).process);
  const used = new ProcessUsage(words => recorder.leaveLastWords(words));
  for (const child of children) used.watch(child);
  for (const worker of workers) exits.watch(worker as unknown as Ending, 'process');
  pool.on('error', (error: Error) => lose(error.message));
  return {
    run(request) {
      const reply = pool.run(request) as Promise<PackedReply>;
      // The reply to a task is written down when it is delivered.
      return isTask(request) ? reply : reply.then(([value]) => value);
    },
    begin() {
      const { checked, sharing } = recorder;
      for (const child of children) child.send({ checked, sharing } satisfies BatchBegins, () => {});
    },
    abort() {
      for (const worker of workers) (worker as unknown as { send(message: string): void }).send(ABORT);
    },
    record: (to, index, reply) => readReply(to, index, unpackReply(reply as PackedReply)),
    usage: () => used.usage(),
    refreshUsage: () => used.refresh(),
    close: () => exits.close(() => pool.destroy()),
  };
}

export default defineExecutor({
  name: 'processes',
  summary: "child processes (Tinypool's), as joblib starts them: nothing is shared, all is sent",
  capabilities: { ...PROCESSES, inFlightByBatch: true },
  options: payloadOptions(['clone']),
  start: (workload, options) => startPool('processes', workload, options, create),
});
