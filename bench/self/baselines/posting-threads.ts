/** Bare threads that claim tasks from shared memory, and post their results at most 1 ms late: what `queue` is held against. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serve } from '../support/serve.js';
import type { PostedResults } from './posting-thread.js';

serve(async ({ threads, iterations }) => {
  const claimed = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from(
    { length: Number(threads) },
    () =>
      new Worker(new URL('posting-thread.js', import.meta.url), {
        workerData: { claimed, iterations: Number(iterations) },
      }),
  );
  await Promise.all(workers.map(worker => once(worker, 'online')));
  return tasks =>
    new Promise(resolve => {
      let pending = tasks;
      Atomics.store(claimed, 0, 0);
      for (const worker of workers) {
        worker.removeAllListeners('message');
        worker.on('message', (message: PostedResults) => {
          pending -= message.indexes.length;
          if (pending === 0) resolve(tasks);
        });
        worker.postMessage(tasks);
      }
    });
});
