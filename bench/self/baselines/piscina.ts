/** Piscina as its documentation has it: a pool of fixed size, `run` for every task, and the results awaited together. */
import { Piscina } from 'piscina';
import { serve } from '../support/serve.js';

serve(async ({ threads, inFlightPerWorker, atomics, stricterFIFO }) => {
  const pool = new Piscina({
    filename: new URL('noop.js', import.meta.url).href,
    minThreads: Number(threads),
    maxThreads: Number(threads),
    concurrentTasksPerWorker: Number(inFlightPerWorker),
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: atomics as 'sync' | 'async' | 'disabled',
    stricterFIFO: stricterFIFO === true,
    recordTiming: false,
  });
  return tasks => Promise.all(Array.from({ length: tasks }, (_, index) => pool.run(index)));
});
