/** A trial of very many tasks through `bullmq`, with this process as its host: what it came to, and the memory that it took. */
import { startExecutor } from '../../../src/contract/start.js';
import bullmq from '../../../src/executors/bullmq.js';
import { runTrial } from '../../../src/trial/trial.js';
import { findWorkload } from '../../../src/workloads/registry.js';
import { serveMeasured } from './serve.js';

/** As hosts have it. */
const MOST_PLACES = 1_000_000;
const { signal } = new AbortController();

serveMeasured(async ({ workers, concurrency, most }) => {
  const noop = { name: 'noop', moduleUrl: findWorkload('noop')!.moduleUrl, params: {} };
  const threads = Number(workers);
  const { executor, ledger } = await startExecutor(bullmq, {
    ...{ workload: noop, threads, inFlight: threads * Number(concurrency) },
    ...{ capacity: Number(most), mostPlaces: MOST_PLACES },
  });
  const setting = { idleRssBytes: 0, bareRssBytes: 0, signal, pacer: null, sampler: null };
  return async tasks => {
    const { figures, faults } = await runTrial(
      { ...setting, executor, ledger },
      {
        load: { kind: 'batch', tasks },
        // Cold, with its results kept and digested as far as a run does.
        ...{ repeats: 1, taskTimeoutMs: 30_000, probeSeed: 1, digest: true, gauge: false, trace: false },
      },
    );
    const { wallMs, cpuMs, outcomes, executions, latencyMs, serviceMs } = figures;
    const percentiles = [latencyMs, serviceMs].flatMap(({ p50, p90, p99, p999 }) => [p50, p90, p99, p999]);
    const told = {
      lost: tasks - outcomes.completed,
      countedTwice: Math.max(0, latencyMs.count - tasks),
      duplicates: executions?.duplicates ?? 0,
      faults: faults.length,
      untold: percentiles.filter(ms => ms === null).length,
      p99Ms: latencyMs.p99 ?? Number.NaN,
      // Of this process alone, and of all of its life.
      rssBytes: process.resourceUsage().maxRSS * 1_024,
    };
    return { wallMs, cpuMs, figures: told };
  };
});
