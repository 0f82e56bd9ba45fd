import type { ParamSpecs } from '../schema/index.js';
import { PAYLOAD_WAYS, type PayloadBy } from '../tasks/payload.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { StartOptions } from './executor.js';
import type { ThreadPoolData } from './thread-task.js';

/** Options of executors that move data between threads or processes. */
export function payloadOptions(ways: readonly PayloadBy[] = PAYLOAD_WAYS) {
  return {
    payloadBy: {
      kind: 'choice',
      default: 'clone',
      choices: ways,
      summary: 'how --payload travels: copied, handed over, or in memory that both sides see',
    },
  } as const satisfies ParamSpecs;
}

/** Of an executor that may have them. */
export interface PayloadOptions {
  readonly payloadBy?: PayloadBy;
}

/** What its workers are started with. */
export function threadDataOf(
  workload: WorkloadRef,
  { options, payloadBytes, recorder, taskTimeoutMs }: StartOptions<PayloadOptions>,
): ThreadPoolData {
  const payload = payloadBytes === 0 ? null : { bytes: payloadBytes, by: options.payloadBy ?? 'clone' };
  return { workload, record: recorder.shared, taskTimeoutMs, payload };
}
