/** The worker file of the `poolifier` executor. */
import { workerData } from 'node:worker_threads';
import { ThreadWorker } from 'poolifier';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';
import type { PoolRequest } from '../src/tasks/pool-task.js';

const data = workerData as ThreadPoolData;
const run = threadTask(data);

/** An async function and not `run` itself: it looks at how its task function was declared. */
export default new ThreadWorker<PoolRequest, unknown>(async request => run(request!), {
  maxInactiveTime: Number.MAX_SAFE_INTEGER,
});
