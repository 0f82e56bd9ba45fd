import type { Batch } from '../tasks/batch.js';
import { openWorkload } from '../tasks/open-workload.js';
import { withPayloadHere } from '../tasks/payload.js';
import { type RunnerOptions, TaskRunner } from '../tasks/task-runner.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { RunningExecutor, StartOptions } from './executor.js';

/** An executor on the host's own loop; `run` says in which shape the runner takes the batch. */
export function startOnLoop(
  ref: WorkloadRef,
  options: StartOptions<unknown>,
  run: (runner: TaskRunner, batch: Batch) => Promise<void>,
): Promise<RunningExecutor> {
  return startHere(ref, options, runnerOptions => {
    const runner = new TaskRunner(runnerOptions);
    return async batch => {
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
    };
  });
}

/** An executor on the host's own thread; `prepare` makes what runs its batches. */
export async function startHere(
  ref: WorkloadRef,
  { recorder, taskTimeoutMs, payloadBytes }: StartOptions<unknown>,
  prepare: (options: RunnerOptions) => RunningExecutor['run'],
): Promise<RunningExecutor> {
  const { workload: own, context } = await openWorkload(ref);
  // Data has no way to go.
  const workload = payloadBytes === 0 ? own : withPayloadHere(own, { bytes: payloadBytes, by: 'clone' });
  let closed: Promise<void> | undefined;
  return {
    run: prepare({ workload, context, recorder, worker: 0, taskTimeoutMs }),
    [Symbol.asyncDispose]() {
      closed ??= workload.close(context);
      return closed;
    },
  };
}
