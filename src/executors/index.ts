/**
 * What an executor of one's own is made of, without the rest: `threads-vs-loop/executor`, small enough for every thread
 * to load.
 */
export type { Batch } from '../tasks/batch.js';
export {
  ABORT,
  type BatchBegins,
  MessageRecorder,
  messageTask,
  type TaskReply,
} from '../tasks/message-recorder.js';
export type { PoolRequest, PoolTaskData } from '../tasks/pool-task.js';
export type { Recorder } from '../tasks/recorder.js';
export { moduleIdentity } from '../workloads/module-identity.js';
export type { WorkloadRef } from '../workloads/workload.js';
export { LOOP, PROCESSES, THREADS } from './capabilities.js';
export { defineExecutor, type Executor, type RunningExecutor, type StartOptions } from './executor.js';
export { payloadOptions } from './payload-options.js';
export { type Pool, type PoolStartRequest, startPool } from './pool.js';
export { RemoteClock, readReply } from './task-reply.js';
export { type ThreadPoolData, threadTask } from './thread-task.js';
