import { afterEach, expect, it, vi } from 'vitest';
import { Batch } from '../../src/tasks/batch.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { localSource } from '../../src/tasks/source.js';
import { TaskRunner } from '../../src/tasks/task-runner.js';
import { Ledger } from '../../src/trial/ledger.js';
import { runTrial } from '../../src/trial/trial.js';
import type { Workload } from '../../src/workloads/workload.js';
import { trialSetting } from '../support/trial-setting.js';

const signal = new AbortController().signal;

function runnerOf(task: (index: number) => unknown, taskTimeoutMs = 10, way?: 'thread') {
  const ledger = Ledger.allocate(10, false);
  const workload = { task: async (_context: unknown, index: number) => task(index) } as unknown as Workload;
  const options = {
    workload,
    context: null,
    recorder: ledger,
    worker: 0,
    taskTimeoutMs,
    ...(way && { way }),
  };
  return { ledger, runner: new TaskRunner(options), batch: new Batch(10, ledger, signal) };
}

afterEach(() => void vi.useRealTimers());

it('tasks one by one leave no timer behind', async () => {
  vi.useFakeTimers();
  const { runner } = runnerOf(index => index);
  await Promise.all([runner.runOne(0), runner.runOne(1)]);
  expect(vi.getTimerCount()).toBe(1);
  // Once a sweep has found nothing to watch.
  vi.advanceTimersByTime(50);
  expect(vi.getTimerCount()).toBe(0);
  await runner.runOne(2);
  expect(vi.getTimerCount()).toBe(1);
});

it.each<[string, (runner: TaskRunner, batch: Batch) => Promise<unknown>]>([
  ['lanes', (runner, batch) => runner.runLanes(2, batch.source, batch)],
  ['all at once', (runner, batch) => runner.runAll(localSource(3, signal), batch)],
  ['one by one', runner => runner.runOne(0)],
])('%s: a task that ignores its abort is counted until it ends', async (_, run) => {
  let wake: (value: unknown) => void = () => {};
  const late = new Promise(resolve => {
    wake = resolve;
  });
  const { ledger, runner, batch } = runnerOf(index => (index === 0 ? late : index));
  await run(runner, batch);
  expect([ledger.ignoredAborts, ledger.strays, ledger.outcome[0]]).toEqual([1, 1, FAILED]);
  // The next trial begins beside it.
  ledger.reset(10);
  expect([ledger.ignoredAborts, ledger.strays]).toEqual([0, 1]);
  const executor = { run: async () => {} };
  const spec = { load: { kind: 'batch', tasks: 0 }, taskTimeoutMs: 10, digest: false } as const;
  const setting = trialSetting({ executor, ledger });
  const tasksRanOn = async () =>
    (await runTrial(setting, { ...spec, gauge: false, trace: false, repeats: 1, probeSeed: 1 })).figures
      .tasksRanOn;
  expect(await tasksRanOn()).toBe(1);
  wake('too late');
  await late;
  await new Promise(setImmediate);
  expect(await tasksRanOn()).toBe(0);
});

it.each([true, false])(
  'results are looked at in cold trials alone (cold: %s), on the loop too',
  async checked => {
    for (const way of ['thread', undefined] as const) {
      let looks = 0;
      const result = {
        get part() {
          looks++;
          return () => 1;
        },
      };
      const { ledger, runner } = runnerOf(() => result, 1_000, way);
      ledger.reset(10, checked);
      const outcome = await runner.runOne(0);
      expect(looks > 0).toBe(checked);
      const fails = checked && way !== undefined;
      expect(ledger.outcome[0]).toBe(fails ? FAILED : COMPLETED);
      if (fails) expect(outcome).toMatchObject({ kind: 'uncloneable' });
      else expect(outcome).toBe(result);
    }
  },
);
