/** The worker script of the `workerpool` executor. */
import { workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';

const run = threadTask(
  workerData as ThreadPoolData,
  (value, output) => new workerpool.Transfer(value, [output]),
);
workerpool.worker({ run });
