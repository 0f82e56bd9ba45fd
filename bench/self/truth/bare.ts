/**
 * The truth about a workload, of one process: `node dist/bench/self/truth/bare.js marked loop`, or `threads`.
 *
 * Batches of 100 tasks, by a loop that awaits each task or by threads that claim indexes from shared memory and post
 * their results. The first batch of the process is the cold one; batches go on until 5 s have passed, in every isolate
 * that computes; the median of the 35 after that is the steady one. It is the witness that the program's verdicts are
 * held against, so it shares with the program no more than the workloads.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { elapsedMs, nowNs } from '../../../src/clock.js';
import { median } from '../../../src/stats/quantile.js';
import { BATCH, type Deliver, loadWorkload, openWorkload, type RunBatch } from './bare-side.js';
import type { PostedResults, ThreadData } from './bare-thread.js';

/** What the process prints. */
export interface BareRun {
  /** Wall time of the first batch. */
  readonly coldMs: number;
  /** Median of the warm batches. */
  readonly steadyMs: number;
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

async function measure(run: RunBatch, warmMs: number, batches: number): Promise<BareRun> {
  const results: unknown[] = new Array(BATCH);
  const startNs = nowNs();
  const coldMs = await timed(run, (index, result) => {
    results[index] = result;
  });
  const digest = createHash('sha256').update(JSON.stringify(results)).digest('hex');
  results.length = 0;
  while (elapsedMs(startNs) < warmMs) await timed(run);
  const walls: number[] = [];
  while (walls.length < batches) walls.push(await timed(run));
  return { coldMs, steadyMs: median(walls)!, digest };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '2' },
    'warm-ms': { type: 'string', default: '5000' },
    batches: { type: 'string', default: '35' },
  },
});
const [program, side] = positionals;
if (program === undefined || (side !== 'loop' && side !== 'threads')) {
  console.error('usage: bare.js PROGRAM loop|threads [--threads 2] [--warm-ms 5000] [--batches 35]');
  process.exit(2);
}
const { href } = new URL(`workloads/${program}.js`, import.meta.url);
const run = side === 'loop' ? await startLoop(href) : await startThreads(href, Number(values.threads));
console.log(JSON.stringify(await measure(run, Number(values['warm-ms']), Number(values.batches))));
process.exit(0);
