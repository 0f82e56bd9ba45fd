import { describe, expect, it } from 'vitest';
import { nowNs } from '../../src/clock.js';
import type { Batch } from '../../src/tasks/batch.js';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { Ledger } from '../../src/trial/ledger.js';
import { runTrial, type TrialSpec } from '../../src/trial/trial.js';
import { endOfWarmUp, warmUp } from '../../src/trial/warm-up.js';
import { trialSetting } from '../support/trial-setting.js';

const SPEC: TrialSpec = {
  load: { kind: 'batch', tasks: 16 },
  repeats: 1,
  taskTimeoutMs: 1_000,
  probeSeed: 1,
  digest: false,
  gauge: false,
  trace: false,
};
const AIM = { tasksPerWorker: 0, cpuMs: 0, wallMs: 0, mostMs: 60_000 };

/** Completes every task at once, in the worker that `workerOf` says. */
function settingOf(workerOf: (index: number) => number, before: () => Promise<void> = async () => {}) {
  const ledger = Ledger.allocate(16, true, { workers: 2 });
  let passes = 0;
  const run = async (batch: Batch) => {
    passes++;
    await before();
    for (let index = batch.source.claim(); index >= 0; index = batch.source.claim()) {
      ledger.start(index, workerOf(index));
      ledger.finish(index, COMPLETED);
      ledger.deliver(index, nowNs());
      batch.complete(index, index);
    }
  };
  return { setting: trialSetting({ executor: { run }, ledger }), passes: () => passes };
}

describe('warming an executor up', () => {
  it('goes on until every worker has had its tasks, however unevenly a pool spreads them', async () => {
    const { setting, passes } = settingOf(index => (index % 8 === 0 ? 1 : 0));
    const { leastTasks, blocks } = await warmUp(setting, SPEC, { ...AIM, tasksPerWorker: 10 });
    // Two tasks of sixteen come to worker 1 in each pass.
    expect(passes()).toBe(5);
    expect(leastTasks).toBe(10);
    expect(blocks.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(80);
  });

  it('ends after the longest time where a worker is never given any, and says so', async () => {
    const { setting } = settingOf(() => 0);
    const { leastTasks } = await warmUp(setting, SPEC, { ...AIM, tasksPerWorker: 10, mostMs: 20 });
    expect(leastTasks).toBe(0);
  });
});

describe('what ends it', () => {
  const AIMED = { ...AIM, tasksPerWorker: 1_000, enoughCpuMs: 300 };
  it.each([
    ['its tasks', [1_000, 1_200], 90, 50, 'reached'],
    ['nothing yet', [900, 1_200], 90, 50, null],
    ['CPU time, where tasks cost more than what is in them', [100, 140], 300, 150, 'cpu'],
    ['no CPU time where a worker has not had its part', [10, 230], 900, 450, null],
    ['the longest time', [10, 230], 900, 60_000, 'time'],
  ] as const)('%s', (_, tasksByWorker, cpuMs, wallMs, end) => {
    expect(endOfWarmUp({ tasksByWorker, cpuMs, wallMs }, AIMED)).toBe(end);
  });

  it('no CPU time where none was said to be enough', () => {
    const progress = { tasksByWorker: [100, 140], cpuMs: 1e6, wallMs: 150 };
    expect(endOfWarmUp(progress, { ...AIM, tasksPerWorker: 1_000 })).toBeNull();
  });
});

it('a loop that sleeps through a trial is not busy with what we read around it', async () => {
  // Reading and writing files of the kernel takes 2 to 3 ms: a tenth of such a trial.
  const { setting } = settingOf(
    () => 0,
    () => new Promise(resolve => setTimeout(resolve, 40)),
  );
  const utilizations: number[] = [];
  // Of several: somebody else may have the core now and then.
  for (let trial = 0; trial < 5; trial++)
    utilizations.push((await runTrial(setting, SPEC)).figures.loop.utilization);
  expect(Math.min(...utilizations)).toBeLessThan(0.04);
});
