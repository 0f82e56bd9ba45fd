import type { Batch } from '../tasks/batch.js';
import { type OpenWorkload, openWorkload } from '../tasks/open-workload.js';
import { withPayloadHere } from '../tasks/payload.js';
import { TaskRunner } from '../tasks/task-runner.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { RunningExecutor, StartOptions } from './executor.js';

/** An executor on the host's own loop; `run` says in which shape the runner takes the batch. */
export async function startOnLoop(
  ref: WorkloadRef,
  options: StartOptions<unknown>,
  run: (runner: TaskRunner, batch: Batch) => Promise<void>,
): Promise<RunningExecutor> {
  const { recorder, taskTimeoutMs, payloadBytes } = options;
  const { workload, context } = await openHere(ref, payloadBytes);
  const runner = new TaskRunner({ workload, context, recorder, worker: 0, taskTimeoutMs });
  let closed: Promise<void> | undefined;
  return {
    async run(batch) {
      const cancel = () => {
        // What waits for a task to come is told in shared memory.
        batch.recorder.abort();
        runner.cancelAll();
      };
      if (batch.signal.aborted) cancel();
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

/** On the host's own thread data has no way to go. */
export async function openHere(ref: WorkloadRef, payloadBytes: number): Promise<OpenWorkload> {
  const { workload, context } = await openWorkload(ref);
  if (payloadBytes === 0) return { workload, context };
  return { workload: withPayloadHere(workload, { bytes: payloadBytes, by: 'clone' }), context };
}
