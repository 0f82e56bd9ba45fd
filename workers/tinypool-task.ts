/** The task file of the `tinypool` executor. */
import Tinypool, { kTransferable, kValue } from 'tinypool';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';
import { outputOf } from '../src/tasks/payload.js';
import type { PoolRequest } from '../src/tasks/pool-task.js';

const data = Tinypool.workerData as ThreadPoolData;
const run = threadTask(data);

async function transferring(request: PoolRequest): Promise<unknown> {
  const value = await run(request);
  const output = outputOf(value);
  return output === null ? value : Tinypool.move({ [kTransferable]: output, [kValue]: value as object });
}

export default data.payload?.by === 'transfer' ? transferring : run;
