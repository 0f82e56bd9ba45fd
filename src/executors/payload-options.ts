import type { ParamSpecs } from '../schema/index.js';
import { PAYLOAD_WAYS, type PayloadBy, type PayloadSetting } from '../tasks/payload.js';
import type { StartOptions } from './executor.js';

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

/** Null: tasks have no data. */
export function payloadOf({ payloadBytes, options }: StartOptions<PayloadOptions>): PayloadSetting | null {
  return payloadBytes === 0 ? null : { bytes: payloadBytes, by: options.payloadBy ?? 'clone' };
}
