import { WorkerLost } from '../errors.js';
import { moduleIdentity } from '../workloads/module-identity.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { Executor, RunningExecutor, StartOptions } from './executor.js';

/**
 * Starts an executor, which may be somebody's own and return anything. One whose workers load modules of their own is told what the
 * workload's is made of.
 *
 * @throws WorkerLost when what it returns cannot run a batch
 */
export async function startChecked(
  executor: Executor,
  workload: WorkloadRef,
  options: StartOptions,
  signal: AbortSignal,
): Promise<RunningExecutor> {
  const ref = executor.capabilities.sharesModules
    ? workload
    : { ...workload, contents: (await moduleIdentity(workload.moduleUrl)).contents };
  const running: Partial<RunningExecutor> | undefined = await executor.start(ref, options, signal);
  if (typeof running?.run === 'function' && typeof running[Symbol.asyncDispose] === 'function')
    return running as RunningExecutor;
  throw new WorkerLost({ code: 'executor-unusable', executor: executor.name });
}
