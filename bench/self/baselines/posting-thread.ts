/** One of the bare threads: claims, computes, and posts what it has when a task ends 1 ms after the last message. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from '../../../src/clock.js';
import cpu from '../../../src/workloads/cpu.js';
import type { TaskSignal } from '../../../src/workloads/task-signal.js';

export interface PostedResults {
  readonly indexes: readonly number[];
  readonly results: readonly unknown[];
}

const LATEST_MS = 1;

const port = parentPort;
if (port === null) throw new Error('posting-thread runs in a worker thread only');
const { claimed, iterations } = workerData as { claimed: Int32Array; iterations: number };

port.on('message', async (tasks: number) => {
  let message: { indexes: number[]; results: unknown[] } = { indexes: [], results: [] };
  let postedMs = nowMs();
  const post = () => {
    port.postMessage(message satisfies PostedResults);
    message = { indexes: [], results: [] };
    postedMs = nowMs();
  };
  for (let index = Atomics.add(claimed, 0, 1); index < tasks; index = Atomics.add(claimed, 0, 1)) {
    const result = await cpu.task(iterations, index, undefined as unknown as TaskSignal);
    message.indexes.push(index);
    message.results.push(result);
    if (nowMs() - postedMs >= LATEST_MS) post();
  }
  post();
});
