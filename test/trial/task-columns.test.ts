import { expect, it } from 'vitest';
import { findExecutor } from '../../src/executors/registry.js';
import { forkEntry } from '../../src/hosts/child.js';
import { HostProcess } from '../../src/hosts/host-process.js';
import { Batch } from '../../src/tasks/batch.js';
import { COMPLETED, NOT_STARTED } from '../../src/tasks/recorder.js';
import { Ledger } from '../../src/trial/ledger.js';
import { BatchTrialLoad } from '../../src/trial/loads/batch-load.js';
import { taskColumnsOf } from '../../src/trial/task-columns.js';
import { findWorkload } from '../../src/workloads/registry.js';

const LIMIT_MS = 30_000;

it('tell of every task when it started, finished and was delivered, and in which worker', () => {
  const startNs = 5_000_000n;
  const ledger = Ledger.allocate(3, true);
  ledger.reset(3);
  ledger.receive(0, COMPLETED, 0, 6e6, 7e6);
  ledger.receive(2, COMPLETED, 4, 5.5e6, 9e6);
  for (const index of [0, 2]) ledger.deliver(index, 10_000_000n);
  const batch = new Batch(3, ledger, new AbortController().signal);
  const load = new BatchTrialLoad({ tasks: 3 });
  expect(taskColumnsOf({ load, ledger, batch, startNs, wallMs: 5, record: null })).toEqual({
    queuedMs: Float64Array.of(0, 0, 0),
    startedMs: Float64Array.of(1, Number.NaN, 0.5),
    finishedMs: Float64Array.of(2, Number.NaN, 4),
    deliveredMs: Float64Array.of(5, Number.NaN, 5),
    worker: Uint16Array.of(0, 0, 4),
    outcome: Uint8Array.of(COMPLETED, NOT_STARTED, COMPLETED),
  });
});

it('come from a host as typed arrays, when they are asked for', async () => {
  await using host = await HostProcess.boot(forkEntry('host'));
  const { moduleUrl, name } = findWorkload('noop')!;
  await host.start({
    type: 'start',
    executor: { name: 'queue', moduleUrl: findExecutor('queue')!.moduleUrl },
    options: {},
    threads: 2,
    inFlight: 4,
    inFlightPerWorker: 2,
    payloadBytes: 0,
    workload: {
      name,
      moduleUrl,
      params: {},
      env: { originUrl: null, inFlight: 2, cpuIterationsPerMs: 0, seed: 1 },
    },
    load: 'batch',
    capacity: 5_000,
    taskTimeoutMs: LIMIT_MS,
    keepResults: false,
    resultsCompared: 'contents',
  });
  const spec = { repeats: 1, taskTimeoutMs: LIMIT_MS, probeSeed: 1, digest: false, gauge: false } as const;
  const load = { kind: 'batch', tasks: 5_000 } as const;
  const { columns, trace, figures } = await host.trial({ ...spec, load, trace: 'columns' }, LIMIT_MS);
  expect(trace?.tasks).toBe(5_000);
  const { startedMs, finishedMs, deliveredMs, worker, outcome } = columns!;
  for (const column of [startedMs, finishedMs, deliveredMs]) expect(column).toBeInstanceOf(Float64Array);
  expect(worker).toBeInstanceOf(Uint16Array);
  expect(outcome).toEqual(new Uint8Array(5_000).fill(COMPLETED));
  for (let index = 0; index < 5_000; index++) {
    expect(startedMs[index]!).toBeGreaterThan(0);
    expect(finishedMs[index]!).toBeGreaterThanOrEqual(startedMs[index]!);
    expect(deliveredMs[index]!).toBeGreaterThanOrEqual(finishedMs[index]!);
  }
  expect(Math.max(...deliveredMs)).toBe(figures.lastResultMs);
  expect((await host.trial({ ...spec, load, trace: true }, LIMIT_MS)).columns).toBeUndefined();
});
