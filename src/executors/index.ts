/**
 * What an executor of one's own is made of, without the rest: `threads-vs-loop/executor`, small enough for every thread
 * to load.
 */
export type { Batch } from '../tasks/batch.js';
export { type PoolRequest, type ThreadPoolData, threadTask } from '../tasks/pool-task.js';
export type { WorkloadRef } from '../workloads/workload.js';
export { LOOP, PROCESSES, THREADS } from './capabilities.js';
export { defineExecutor, type Executor, type RunningExecutor, type StartOptions } from './executor.js';
export { payloadOptions } from './payload-options.js';
export { type Pool, type PoolStartRequest, startPool } from './pool.js';
