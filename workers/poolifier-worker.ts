/** The worker file of the `poolifier` executor. */
import { workerData } from 'node:worker_threads';
import { ThreadWorker } from 'poolifier';
import type { ThreadPoolData } from '../src/executors/pool.js';
import { Ledger } from '../src/trial/ledger.js';
import { type PoolRequest, poolTask } from '../src/trial/pool-task.js';

const data = workerData as ThreadPoolData;
const ledger = new Ledger(data.ledger);
const run = poolTask(data, ledger, ledger.enlist());

/** An async function and not `run` itself: it looks at how its task function was declared. */
export default new ThreadWorker<PoolRequest, unknown>(async request => run(request!), {
  maxInactiveTime: Number.MAX_SAFE_INTEGER,
});
