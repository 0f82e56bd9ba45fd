/** The program's side of `broker`: the executor `bullmq`, with this process as its host. */
import { elapsedMs, nowNs } from '../../../src/clock.js';
import { findExecutor } from '../../../src/executors/registry.js';
import { Batch } from '../../../src/tasks/batch.js';
import { Ledger } from '../../../src/trial/ledger.js';
import { findWorkload } from '../../../src/workloads/registry.js';
import type { Measured } from './measured.js';
import { serveMeasured } from './serve.js';

const TASK_TIMEOUT_MS = 30_000;

serveMeasured(async ({ socket, workers, concurrency, waitMs, most }) => {
  const threads = Number(workers);
  const perWorker = Number(concurrency);
  const name = Number(waitMs) > 0 ? 'timer' : 'noop';
  const executor = await findExecutor('bullmq')!.load();
  const ledger = Ledger.allocate(Number(most), true, { workers: threads });
  const { signal } = new AbortController();
  const running = await executor.start(
    {
      name,
      moduleUrl: findWorkload(name)!.moduleUrl,
      params: name === 'timer' ? { waitMs: Number(waitMs), stepMs: 0 } : {},
      env: { originUrl: null, inFlight: perWorker, cpuIterationsPerMs: 0, seed: 1 },
    },
    {
      options: { backend: 'any' },
      threads,
      inFlight: threads * perWorker,
      inFlightPerWorker: perWorker,
      payloadBytes: 0,
      taskTimeoutMs: TASK_TIMEOUT_MS,
      broker: { url: `unix:${String(socket)}`, caFile: null },
      recorder: ledger,
    },
    signal,
  );
  return async (tasks): Promise<Measured> => {
    ledger.reset(tasks);
    const batch = new Batch(tasks, ledger, signal, { keep: 0 });
    const workersBefore = await workersCpuMs();
    const before = process.cpuUsage();
    const startNs = nowNs();
    await running.run(batch);
    const wallMs = elapsedMs(startNs);
    const { user, system } = process.cpuUsage(before);
    if (batch.completed !== tasks) throw new Error(`${batch.completed} of ${tasks} tasks completed`);
    const workersAfter = await workersCpuMs();
    return { wallMs, cpuMs: (user + system) / 1_000, workersCpuMs: workersAfter - workersBefore };
  };

  async function workersCpuMs(): Promise<number> {
    await running.refreshUsage?.();
    const { cpuMs, brokerCpuMs = 0 } = running.usage!();
    return cpuMs - brokerCpuMs;
  }
});
