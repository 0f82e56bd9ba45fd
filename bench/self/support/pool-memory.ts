/** The program's side of memory in `pools`: an executor under a duration load, as a host runs it. */
import { fileURLToPath } from 'node:url';
import { nowNs } from '../../../src/clock.js';
import { findExecutor } from '../../../src/executors/registry.js';
import { Batch } from '../../../src/tasks/batch.js';
import { Ledger } from '../../../src/trial/ledger.js';
import { TaskRecord } from '../../../src/trial/task-record.js';
import { heapBytes } from './heap.js';
import { serveMeasured } from './serve.js';

const TASK_TIMEOUT_MS = 30_000;
const WORKLOAD = new URL('../baselines/pool-workload.js', import.meta.url);

serveMeasured(async config => {
  const executor = await findExecutor(String(config.library))!.load();
  const threads = Number(config.threads);
  const inFlightPerWorker = Number(config.inFlightPerWorker);
  const ledger = Ledger.allocate(0, true, { load: 'duration', workers: threads });
  const { signal } = new AbortController();
  const options = Object.entries(executor.options).map(([key, spec]) => [key, spec.default]);
  const running = await executor.start(
    {
      name: fileURLToPath(WORKLOAD),
      moduleUrl: WORKLOAD.href,
      params: { result: String(config.result) },
      env: { originUrl: null, inFlight: inFlightPerWorker, cpuIterationsPerMs: 0, seed: 1 },
    },
    {
      options: Object.fromEntries(options),
      threads,
      inFlight: threads * inFlightPerWorker,
      inFlightPerWorker,
      payloadBytes: 0,
      taskTimeoutMs: TASK_TIMEOUT_MS,
      recorder: ledger,
    },
    signal,
  );
  return async tasks => {
    ledger.reset(0);
    const startNs = nowNs();
    ledger.span.begin(startNs, 2n ** 62n);
    const record = new TaskRecord(ledger, startNs, TASK_TIMEOUT_MS);
    let ended = 0;
    let beforeBytes = 0;
    let afterBytes = 0;
    const noteAt = Math.round(tasks / 10);
    const batch = new Batch(Number.POSITIVE_INFINITY, ledger, signal, {
      keep: 0,
      ended(index) {
        record.take(index);
        if (++ended === noteAt) beforeBytes = heapBytes();
        if (ended !== tasks) return;
        afterBytes = heapBytes();
        // No task starts after this.
        ledger.span.begin(startNs, 1n);
      },
    });
    await running.run(batch);
    return { wallMs: 0, cpuMs: 0, grownBytes: afterBytes - beforeBytes };
  };
});
