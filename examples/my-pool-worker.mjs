/** A thread of my-pool.ts. `threadTask` opens the workload and runs its tasks, with their stamps, time-outs and aborts. */
import { parentPort, workerData } from 'node:worker_threads';
import { threadTask } from 'threads-vs-loop/executor';

const run = threadTask(workerData);

parentPort.on('message', async ({ id, request }) => {
  try {
    parentPort.postMessage({ id, value: await run(request) });
  } catch (error) {
    parentPort.postMessage({ id, failure: String(error) });
  }
});
