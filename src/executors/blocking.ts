import { runBlocking } from '../tasks/blocking.js';
import type { WorkloadRef } from '../workloads/workload.js';
import { LOOP } from './capabilities.js';
import { defineExecutor, type RunningExecutor, type StartOptions } from './executor.js';
import { openHere } from './loop.js';

async function start(ref: WorkloadRef, options: StartOptions<unknown>): Promise<RunningExecutor> {
  const { recorder, taskTimeoutMs, payloadBytes } = options;
  const { workload, context } = await openHere(ref, payloadBytes);
  let closed: Promise<void> | undefined;
  return {
    run: batch => runBlocking({ workload, context, recorder, worker: 0, taskTimeoutMs }, batch.source, batch),
    [Symbol.asyncDispose]() {
      closed ??= workload.close(context);
      return closed;
    },
  };
}

export default defineExecutor({
  name: 'blocking',
  summary: 'one loop, each task a call that blocks it: time.sleep in a coroutine (workloads with taskSync)',
  capabilities: LOOP,
  options: {},
  maxInFlight: 1,
  needsTaskSync: true,
  start,
});
