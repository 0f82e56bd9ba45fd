import type { ExecutorEntry } from '../settings/checks.js';

/** A program of one of the five articles, as an executor with options. */
export interface Program extends Omit<ExecutorEntry, 'as' | 'inFlight'> {
  readonly summary: string;
  /** 1: each worker has one task in flight. */
  readonly inFlightPerWorker?: 1;
}

/** The one table of aliases: `--executors gather` is `promise-all`. What a flag says beats what stands here. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  synchronous: { executor: 'sequential', summary: 'a for loop of requests' },
  sync_run: { executor: 'sequential', summary: 'a for loop of requests' },
  asynchronous_fail: {
    executor: 'sequential',
    summary: 'await inside the loop: in Node the same program as synchronous',
  },
  nb_threads: {
    executor: 'queue',
    threads: 5,
    inFlightPerWorker: 1,
    summary: 'a queue of URLs drained by 5 threads, one request each',
  },
  gather: {
    executor: 'promise-all',
    options: { onError: 'abort' },
    summary: 'gather: the first failure ends it',
  },
  gather_return_exceptions: {
    executor: 'promise-all',
    options: { onError: 'continue' },
    summary: 'gather(return_exceptions=True): failures are results',
  },
  asynchronous: { executor: 'promise-all', summary: 'create_task for each, then gather' },
  asynchronous_ordered: { executor: 'promise-all', summary: 'gather, whose results keep the order given' },
  asynchronous_ordered_batched: {
    executor: 'batched',
    options: { batchSize: 10 },
    summary: 'gather over 10 at a time',
  },
  as_completed: { executor: 'promise-all', summary: 'asyncio.wait: look at the first and the last result' },
  joblib: {
    executor: 'processes',
    threads: 8,
    inFlightPerWorker: 1,
    summary: 'joblib Parallel(n_jobs=8): 8 processes, one task each',
  },
  time_sleep: { executor: 'blocking', summary: 'time.sleep in a coroutine' },
};

export const programNames: readonly string[] = Object.keys(PROGRAMS);

export function findProgram(name: string): Program | undefined {
  return Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
}
