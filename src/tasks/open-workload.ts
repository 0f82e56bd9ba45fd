import { loadWorkloadModule } from '../workloads/registry.js';
import type { Workload, WorkloadRef } from '../workloads/workload.js';

export interface OpenWorkload {
  readonly workload: Workload;
  readonly context: unknown;
}

/** Loads the workload's module in this thread and opens it, once per worker. */
export async function openWorkload(ref: WorkloadRef): Promise<OpenWorkload> {
  const workload = await loadWorkloadModule(ref.moduleUrl);
  return { workload, context: await workload.open(ref.params, ref.env) };
}
