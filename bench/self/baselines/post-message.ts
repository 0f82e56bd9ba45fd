/** A bare pool on postMessage: indexes go out in batches, results come back in batches, two batches at a time with each worker. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serve } from '../support/serve.js';
import type { ResultsMessage } from './post-message-worker.js';

const BATCH = 64;
const BATCHES_IN_WINDOW = 2;

serve(async ({ threads }) => {
  const workers = Array.from(
    { length: Number(threads) },
    () => new Worker(new URL('post-message-worker.js', import.meta.url)),
  );
  await Promise.all(workers.map(worker => once(worker, 'online')));
  return tasks =>
    new Promise(resolve => {
      const results: unknown[] = new Array(tasks);
      let next = 0;
      let pending = tasks;
      const hand = (worker: Worker) => {
        const indexes: number[] = [];
        while (indexes.length < BATCH && next < tasks) indexes.push(next++);
        if (indexes.length > 0) worker.postMessage(indexes);
      };
      for (const worker of workers) {
        worker.removeAllListeners('message');
        worker.on('message', (message: ResultsMessage) => {
          hand(worker);
          for (let at = 0; at < message.indexes.length; at++)
            results[message.indexes[at]!] = message.results[at];
          pending -= message.indexes.length;
          if (pending === 0) resolve(results);
        });
      }
      for (let n = 0; n < BATCHES_IN_WINDOW; n++) for (const worker of workers) hand(worker);
    });
});
