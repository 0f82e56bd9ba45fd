/** A bare thread: claims indexes from shared memory, and posts results before one of them is more than 1 ms late. */
import { parentPort, workerData } from 'node:worker_threads';
import { nowMs } from '../../../src/clock.js';
import { BATCH, loadWorkload, openWorkload } from './bare-side.js';

export interface ThreadData {
  readonly moduleUrl: string;
  /** The next index of the batch. */
  readonly next: Int32Array;
}

export interface PostedResults {
  readonly indexes: readonly number[];
  readonly results: readonly unknown[];
}

const LATEST_MS = 1;

const port = parentPort;
if (port === null) throw new Error('bare-thread runs in a worker thread only');

const { moduleUrl, next } = workerData as ThreadData;
const workload = await loadWorkload(moduleUrl);
const context = await openWorkload(workload);

let indexes: number[] = [];
let results: unknown[] = [];

function post() {
  port!.postMessage({ indexes, results } satisfies PostedResults);
  indexes = [];
  results = [];
}

async function drain() {
  let firstMs = 0;
  for (let index = Atomics.add(next, 0, 1); index < BATCH; index = Atomics.add(next, 0, 1)) {
    const startedMs = nowMs();
    const result = await workload.task(context, index);
    const finishedMs = nowMs();
    if (indexes.length === 0) firstMs = finishedMs;
    indexes.push(index);
    results.push(result);
    // A thread that computes cannot post: after another task as long as this one it would be too late.
    if (2 * finishedMs - startedMs - firstMs > LATEST_MS) post();
  }
  if (indexes.length > 0) post();
}

port.on('message', drain);
port.postMessage('ready');
