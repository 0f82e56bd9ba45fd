import { expect, it } from 'vitest';
import { startExecutor } from '../../src/contract/start.js';
import bullmq from '../../src/executors/bullmq.js';
import { runTrial } from '../../src/trial/trial.js';
import { findWorkload } from '../../src/workloads/registry.js';
import { trialSetting } from '../support/trial-setting.js';

const TASKS = 30_000;
/** In place of a million: the places of tasks are used again seven times. */
const MOST_PLACES = 16_384;

it('loses nothing and counts nothing twice where tasks have no places of their own', async () => {
  const noop = { name: 'noop', moduleUrl: findWorkload('noop')!.moduleUrl, params: {} };
  await using probe = await startExecutor(bullmq, {
    ...{ workload: noop, threads: 2, inFlight: 32 },
    ...{ capacity: TASKS, mostPlaces: MOST_PLACES },
  });
  const { executor, ledger } = probe;
  const { figures, faults } = await runTrial(trialSetting({ executor, ledger }), {
    load: { kind: 'batch', tasks: TASKS },
    ...{ repeats: 1, taskTimeoutMs: 30_000, probeSeed: 1, digest: true, gauge: false, trace: false },
  });
  expect([ledger.isRing, ledger.outcome.length]).toEqual([true, MOST_PLACES / 4]);
  expect(faults).toEqual([]);
  expect(figures.outcomes).toEqual({ issued: TASKS, completed: TASKS, cancelled: 0, failed: {} });
  expect(figures.executions).toMatchObject({ started: TASKS, duplicates: 0, workersLost: 0 });
  for (const time of ['latencyMs', 'waitMs', 'serviceMs', 'deliveryMs'] as const) {
    const { count, p50, p90, p99, p999 } = figures[time];
    expect(count).toBe(TASKS);
    const percentiles = [p50, p90, p99, p999].map(ms => ms ?? Number.NaN);
    // Not one of them is missing.
    expect(percentiles).toEqual(percentiles.toSorted((a, b) => a - b));
  }
});
