/** The worker script of the `workerpool` executor. */
import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import type { ThreadPoolData } from '../src/executors/pool.js';
import { Ledger } from '../src/trial/ledger.js';
import { outputOf } from '../src/trial/payload.js';
import { type PoolRequest, poolTask } from '../src/trial/pool-task.js';

const data = workerData as ThreadPoolData;
const ledger = new Ledger(data.ledger);
const run = poolTask(data, ledger, ledger.enlist());

workerpool.worker({
  async run(request: PoolRequest) {
    const value = await run(request);
    const output = data.payload?.by === 'transfer' ? outputOf(value) : null;
    return output === null ? value : new workerpool.Transfer(value as object, [output]);
  },
});
