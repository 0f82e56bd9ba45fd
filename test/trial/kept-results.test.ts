import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { importDefault } from '../../src/default-export.js';
import { UsageError } from '../../src/errors.js';
import { Batch } from '../../src/tasks/batch.js';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { TaskRunner } from '../../src/tasks/task-runner.js';
import { digestOf, digestResults } from '../../src/trial/digest.js';
import { Ledger } from '../../src/trial/ledger.js';
import { TaskRecord } from '../../src/trial/task-record.js';
import { runTrial, type TrialSetting } from '../../src/trial/trial.js';
import type { Workload } from '../../src/workloads/workload.js';
import { trialSetting } from '../support/trial-setting.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const signal = new AbortController().signal;

async function keptOf(digest: boolean, more: Partial<TrialSetting> = {}, trace = false) {
  let results: readonly unknown[] = [];
  const run = async (batch: Batch) => {
    for (let index = 0; index < batch.tasks; index++) {
      batch.recorder.start(index, 0);
      batch.recorder.finish(index, COMPLETED);
      batch.complete(index, { index });
    }
    results = batch.results;
  };
  const ledger = Ledger.allocate(40, false);
  const setting = trialSetting({ executor: { run }, ledger, ...more });
  const load = { kind: 'batch', tasks: 40 } as const;
  const { digests } = await runTrial(setting, {
    load,
    taskTimeoutMs: 1_000,
    digest,
    gauge: false,
    trace,
    repeats: 1,
    probeSeed: 1,
  });
  return { kept: Object.keys(results).length, digests };
}

it('results of a measured trial are let go of, those of a cold one and those asked for are kept', async () => {
  expect((await keptOf(false)).kept).toBe(0);
  expect((await keptOf(true)).kept).toBe(40);
  expect((await keptOf(false, { keepResults: true })).kept).toBe(40);
  // What a timeline shows of the first tasks.
  expect((await keptOf(false, {}, true)).kept).toBe(24);
});

it.each<[string, (runner: TaskRunner, batch: Batch) => Promise<void>]>([
  ['all at once', (runner, batch) => runner.runAll(batch.source, batch)],
  ['lanes', (runner, batch) => runner.runLanes(8, batch.source, batch)],
])('%s: nothing else holds on to results', async (_, run) => {
  const refs: WeakRef<object>[] = [];
  const task = async (index: number) => {
    const result = { index };
    refs.push(new WeakRef(result));
    return result;
  };
  const ledger = Ledger.allocate(500, false);
  const workload = { task: (_context: unknown, index: number) => task(index) } as unknown as Workload;
  const runner = new TaskRunner({
    workload,
    context: null,
    recorder: ledger,
    worker: 0,
    taskTimeoutMs: 1_000,
  });
  const batch = new Batch(500, ledger, signal, { keep: 0 });
  await run(runner, batch);
  await new Promise(setImmediate);
  collect();
  expect(batch.completed).toBe(500);
  expect(refs.filter(ref => ref.deref() !== undefined).length).toBeLessThan(10);
});

it('what a workload says of its results is what is digested', async () => {
  const by = (digestBy: TrialSetting['digestBy']) => keptOf(true, { digestBy: digestBy! });
  expect((await by(async () => null)).digests).toBeNull();
  expect([...(await by(async () => () => 'same')).digests!]).toEqual(Array(40).fill(digestOf('same')));
  expect((await by(async () => undefined)).digests![3]).toBe(digestOf({ index: 3 }));
  const throws = () => {
    throw new TypeError('no such field');
  };
  const loss = { code: 'digest-threw', task: 0, message: 'TypeError: no such field' };
  expect(() => digestResults([1], throws)).toThrow(expect.objectContaining({ loss }));
});

it.each([
  ['digest', 5, 'with digest 5 (expected a function)'],
  ['sameResult', null, 'with sameResult null (expected a function)'],
  ['results', 'differ', `with results 'differ' (expected one of may differ)`],
])('%s of another type is a usage error', async (key, value, message) => {
  const moduleUrl = `data:text/javascript,export default { name: 'w', ${key}: ${JSON.stringify(value)} }`;
  const { loadWorkloadModule } = await import('../../src/workloads/registry.js');
  expect(loadWorkloadModule).toBeTypeOf('function');
  const check = importDefault<Workload>(
    { moduleUrl, given: './w.mjs' },
    {
      what: 'a workload',
      needed: [['name', 'string']],
      optional: [
        ['digest', 'function'],
        ['sameResult', 'function'],
        ['results', ['may differ']],
      ],
      remedy: '',
    },
  );
  await expect(check).rejects.toThrow(UsageError);
  await expect(check).rejects.toThrow(message);
});

it('a duration load on a loop keeps one histogram: nobody waits, and a result is delivered when it has finished', () => {
  const ledger = Ledger.allocate(0, false, { load: 'duration' });
  ledger.reset(0);
  const record = new TaskRecord(ledger, 0n, 1_000);
  for (const ms of [1, 3]) {
    const index = ledger.ring.claimPlace();
    ledger.startedNs[index] = 1_000_000n;
    ledger.finishedNs[index] = 1_000_000n + BigInt(ms * 1e6);
    ledger.outcome[index] = COMPLETED;
    record.take(index);
  }
  expect(record.serviceMs.toData()).toMatchObject({ count: 2, sum: 4, min: 1, max: 3 });
  expect(record.latencyMs.toData()).toEqual(record.serviceMs.toData());
  for (const zeros of [record.waitMs, record.deliveryMs])
    expect(zeros.distribution()).toMatchObject({ count: 2, min: 0, p50: 0, max: 0 });
});
