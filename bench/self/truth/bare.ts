/**
 * The truth about a workload, of one process: `echo 35 | node dist/bench/self/truth/bare.js marked loop`, or `threads`.
 *
 * Batches of 100 tasks, by a loop that awaits each task or by threads that claim indexes from shared memory and post
 * their results. The first batch of the process is the cold one; batches go on until 5 s have passed, in every isolate
 * that computes. From then on each line of the input is a number of batches to run, answered with their wall times. It is
 * the witness that the program's verdicts are held against, so it shares with the program no more than the workloads.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { elapsedMs, nowNs } from '../../../src/clock.js';
import { BATCH, type Deliver, loadWorkload, openWorkload, type RunBatch } from './bare-side.js';
import type { PostedResults, ThreadData } from './bare-thread.js';

/** What the process prints when it is warm. Then, for each line of its input, a line with wall times in ms. */
export interface BareReady {
  /** Wall time of the first batch. */
  readonly coldMs: number;
  /** Of the results of the first batch: both sides must have the same. */
  readonly digest: string;
}

async function startLoop(moduleUrl: string): Promise<RunBatch> {
  const workload = await loadWorkload(moduleUrl);
  const context = await openWorkload(workload);
  return async deliver => {
    for (let index = 0; index < BATCH; index++) deliver(index, await workload.task(context, index));
  };
}

async function startThreads(moduleUrl: string, count: number): Promise<RunBatch> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { moduleUrl, next };
  const url = new URL('bare-thread.js', import.meta.url);
  const threads = Array.from({ length: count }, () => new Worker(url, { workerData }));
  await Promise.all(threads.map(thread => once(thread, 'message')));
  return deliver =>
    new Promise(resolve => {
      let pending = BATCH;
      const receive = ({ indexes, results }: PostedResults) => {
        for (const [at, index] of indexes.entries()) deliver(index, results[at]);
        pending -= indexes.length;
        if (pending === 0) resolve();
      };
      for (const thread of threads) {
        thread.removeAllListeners('message');
        thread.on('message', receive);
      }
      Atomics.store(next, 0, 0);
      for (const thread of threads) thread.postMessage('go');
    });
}

/** Let go of, as a service does that has sent its answer. */
const drop: Deliver = () => {};

/** Wall time of a batch; the loop turns before it, not in it. */
async function timed(run: RunBatch, deliver = drop): Promise<number> {
  await setImmediate();
  const startNs = nowNs();
  await run(deliver);
  return elapsedMs(startNs);
}

async function becomeWarm(run: RunBatch, warmMs: number): Promise<BareReady> {
  const results: unknown[] = new Array(BATCH);
  const startNs = nowNs();
  const coldMs = await timed(run, (index, result) => {
    results[index] = result;
  });
  const digest = createHash('sha256').update(JSON.stringify(results)).digest('hex');
  results.length = 0;
  while (elapsedMs(startNs) < warmMs) await timed(run);
  return { coldMs, digest };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    'warm-ms': { type: 'string', default: '5000' },
  },
});
const [program, side] = positionals;
if (program === undefined || (side !== 'loop' && side !== 'threads')) {
  console.error('usage: echo BATCHES | bare.js PROGRAM loop|threads [--threads 2] [--warm-ms 5000]');
  process.exit(2);
}
const { href } = new URL(`workloads/${program}.js`, import.meta.url);
const run = side === 'loop' ? await startLoop(href) : await startThreads(href, Number(values.threads));
console.log(JSON.stringify(await becomeWarm(run, Number(values['warm-ms']))));
for await (const line of createInterface({ input: process.stdin })) {
  const walls: number[] = [];
  while (walls.length < Number(line)) walls.push(await timed(run));
  console.log(JSON.stringify(walls));
}
process.exit(0);
