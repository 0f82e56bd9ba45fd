/** The pools as their documentations have it: `run` for every task as long as there is room, each result let go of. */
import { fileURLToPath } from 'node:url';
import { elapsedMs, nowNs } from '../../../src/clock.js';
import { createPool } from '../../../workers/pool.js';
import { heapBytes } from '../support/heap.js';
import type { Measured } from '../support/measured.js';
import { serveMeasured } from '../support/serve.js';
import { ASK_CPU } from './pool-task.js';

type Run = (index: number) => Promise<unknown>;

interface Asked {
  readonly threads: number;
  readonly inFlightPerWorker: number;
}

const file = (name: string) => new URL(`${name}.js`, import.meta.url);

const POOLS: Readonly<Record<string, (asked: Asked) => Promise<Run>>> = {
  async piscina({ threads, inFlightPerWorker }) {
    const { Piscina } = await import('piscina');
    const pool = new Piscina({
      filename: file('pool-task').href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: inFlightPerWorker,
      idleTimeout: Number.POSITIVE_INFINITY,
      atomics: 'async',
      stricterFIFO: true,
      recordTiming: false,
    });
    return index => pool.run(index);
  },
  /** What `tune --write` writes. */
  async written({ threads, inFlightPerWorker }) {
    const pool = await createPool({
      filename: file('pool-task').href,
      threads,
      inFlightPerThread: inFlightPerWorker,
    });
    return index => pool.run(index);
  },
  tinypool: asked => startTinypool('worker_threads', asked),
  processes: asked => startTinypool('child_process', asked),
  async workerpool({ threads }) {
    const { default: workerpool } = await import('workerpool');
    const pool = workerpool.pool(fileURLToPath(file('pool-task-workerpool')), {
      workerType: 'thread',
      minWorkers: threads,
      maxWorkers: threads,
    });
    return index => Promise.resolve(pool.exec('run', [index]) as unknown as Promise<unknown>);
  },
  async poolifier({ threads, inFlightPerWorker }) {
    const { FixedThreadPool } = await import('poolifier');
    const pool = new FixedThreadPool<number, unknown>(threads, fileURLToPath(file('pool-task-poolifier')), {
      enableTasksQueue: true,
      tasksQueueOptions: {
        concurrency: inFlightPerWorker,
        taskStealing: false,
        tasksStealingOnBackPressure: false,
      },
      restartWorkerOnError: false,
    });
    return index => pool.execute(index);
  },
};

async function startTinypool(runtime: 'worker_threads' | 'child_process', asked: Asked): Promise<Run> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    runtime,
    serialization: 'advanced',
    filename: file('pool-task').href,
    env: process.env as Record<string, string>,
    minThreads: asked.threads,
    maxThreads: asked.threads,
    concurrentTasksPerWorker: asked.inFlightPerWorker,
    idleTimeout: 86_400_000,
    useAtomics: false,
  });
  return index => pool.run(index);
}

/** As the program has it: of more that wait in a pool each takes kilobytes. */
const MOST_IN_POOL = 2_000;

/** All tasks, at most `most` of them in the pool. */
function runAll(run: Run, tasks: number, most: number, ended: () => void = () => {}): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let left = tasks;
    const start = () => {
      run(next++).then(() => {
        ended();
        if (next < tasks) start();
        if (--left === 0) resolve();
      }, reject);
    };
    while (next < Math.min(tasks, most)) start();
  });
}

/** CPU time of worker processes, each of which has answered at least once; 0 for threads, which are this process. */
async function childrenCpuMs(run: Run, threads: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: 8 * threads }, () => run(ASK_CPU)));
  const byPid = new Map((answers as { pid: number; cpuMs: number }[]).map(({ pid, cpuMs }) => [pid, cpuMs]));
  byPid.delete(process.pid);
  return [...byPid.values()].reduce((sum, cpuMs) => sum + cpuMs, 0);
}

serveMeasured(async config => {
  const threads = Number(config.threads);
  const inFlightPerWorker = Number(config.inFlightPerWorker);
  process.env.BENCH_RESULT = String(config.result);
  process.env.BENCH_ITERATIONS = String(config.iterations ?? 0);
  const run = await POOLS[String(config.library)]!({ threads, inFlightPerWorker });
  if (config.measures === 'memory')
    return async (tasks): Promise<Measured> => {
      let ended = 0;
      let beforeBytes = 0;
      let afterBytes = 0;
      const noteAt = Math.round(tasks / 10);
      await runAll(run, tasks, 2 * threads * inFlightPerWorker, () => {
        if (++ended === noteAt) beforeBytes = heapBytes();
        if (ended === tasks) afterBytes = heapBytes();
      });
      return { wallMs: 0, cpuMs: 0, grownBytes: afterBytes - beforeBytes };
    };
  return async tasks => {
    const before = process.cpuUsage();
    const childrenBefore = await childrenCpuMs(run, threads);
    const hostBefore = process.cpuUsage(before);
    const startNs = nowNs();
    await runAll(run, tasks, MOST_IN_POOL);
    const wallMs = elapsedMs(startNs);
    const host = process.cpuUsage(before);
    const hostMs = (host.user + host.system - hostBefore.user - hostBefore.system) / 1_000;
    return { wallMs, cpuMs: hostMs + (await childrenCpuMs(run, threads)) - childrenBefore };
  };
});
