import type { Batch } from '../trial/batch.js';
import { openWorkload } from '../trial/open-workload.js';
import { TaskRunner } from '../trial/task-runner.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { RunningExecutor, StartOptions } from './executor.js';

/** An executor on the host's own loop; `run` says in which shape the runner takes the batch. */
export async function startOnLoop(
  ref: WorkloadRef,
  options: StartOptions,
  run: (runner: TaskRunner, batch: Batch) => Promise<void>,
): Promise<RunningExecutor> {
  const { ledger, taskTimeoutMs } = options;
  const { workload, context } = await openWorkload(ref);
  const runner = new TaskRunner({ workload, context, ledger, worker: 0, taskTimeoutMs });
  let closed: Promise<void> | undefined;
  return {
    async run(batch) {
      const cancel = () => runner.cancelAll();
      batch.signal.addEventListener('abort', cancel);
      try {
        await run(runner, batch);
      } finally {
        batch.signal.removeEventListener('abort', cancel);
      }
    },
    [Symbol.asyncDispose]() {
      closed ??= workload.close(context);
      return closed;
    },
  };
}

/** Claims 0 … n−1 in order, without the price of shared memory; nothing after an abort. */
export function claimInOrder(batch: Batch): () => number {
  let next = 0;
  return () => (next < batch.tasks && !batch.signal.aborted ? next++ : -1);
}
