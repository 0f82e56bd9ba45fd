/** The worker script of the `workerpool` executor. */
import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';
import { outputOf } from '../src/tasks/payload.js';
import type { PoolRequest } from '../src/tasks/pool-task.js';

const data = workerData as ThreadPoolData;
const run = threadTask(data);

async function transferring(request: PoolRequest): Promise<unknown> {
  const value = await run(request);
  const output = outputOf(value);
  return output === null ? value : new workerpool.Transfer(value as object, [output]);
}

workerpool.worker({ run: data.payload?.by === 'transfer' ? transferring : run });
