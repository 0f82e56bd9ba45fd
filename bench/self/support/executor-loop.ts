/** The program's side of `bookkeeping`: an executor of the host's own loop with no-op tasks, as a host runs it. */
import { findExecutor } from '../../../src/executors/registry.js';
import { Batch } from '../../../src/tasks/batch.js';
import { Ledger } from '../../../src/trial/ledger.js';
import { findWorkload } from '../../../src/workloads/registry.js';
import { medianBatch } from './micro.js';
import { serveMeasured } from './serve.js';

const CAPACITY = 10_000;
const TASK_TIMEOUT_MS = 30_000;

serveMeasured(async config => {
  const executor = await findExecutor(String(config.executor))!.load();
  const workload = findWorkload('noop')!;
  const ledger = Ledger.allocate(CAPACITY, false);
  const inFlight = Number(config.inFlight);
  const { signal } = new AbortController();
  const running = await executor.start(
    {
      name: 'noop',
      moduleUrl: workload.moduleUrl,
      params: {},
      env: { originUrl: null, inFlight, cpuIterationsPerMs: 0, seed: 1 },
    },
    {
      options: {},
      threads: 1,
      inFlight,
      inFlightPerWorker: inFlight,
      payloadBytes: 0,
      taskTimeoutMs: TASK_TIMEOUT_MS,
      recorder: ledger,
    },
    signal,
  );
  return tasks =>
    medianBatch(async () => {
      ledger.reset(tasks);
      const batch = new Batch(tasks, ledger, signal);
      await running.run(batch);
      if (batch.completed !== tasks) throw new Error(`${batch.completed} of ${tasks} tasks completed`);
    });
});
