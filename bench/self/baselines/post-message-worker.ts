/** A thread of the bare pool: runs the tasks of a batch and posts their results in one message. */
import { parentPort } from 'node:worker_threads';
import noop from './noop.js';

export interface ResultsMessage {
  readonly indexes: readonly number[];
  readonly results: readonly unknown[];
}

const port = parentPort;
if (port === null) throw new Error('post-message-worker runs in a worker thread only');

port.on('message', async (indexes: readonly number[]) => {
  const results: unknown[] = [];
  for (const index of indexes) results.push(await noop(index));
  port.postMessage({ indexes, results } satisfies ResultsMessage);
});
