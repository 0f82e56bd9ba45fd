import { messageOf } from '../errors.js';
import { outputOf } from '../tasks/payload.js';
import { type PoolRequest, type PoolTaskData, poolTask } from '../tasks/pool-task.js';
import type { SharedRecord } from '../tasks/recorder.js';
import { Ledger } from '../trial/ledger.js';

/** What a pool's thread is started with. */
export interface ThreadPoolData extends PoolTaskData {
  readonly record: SharedRecord;
}

/**
 * The function that a pool calls in its threads, by what they were started with; see `poolTask`.
 *
 * @param handOver makes what the pool sends with this memory transferred, where its data is
 */
export function threadTask(
  data: ThreadPoolData,
  handOver?: (value: object, output: ArrayBuffer) => unknown,
): (request: PoolRequest) => Promise<unknown> {
  const ledger = new Ledger(data.record);
  process.on('uncaughtExceptionMonitor', error => ledger.leaveLastWords(messageOf(error)));
  const run = poolTask(data, ledger, ledger.enlist());
  if (handOver === undefined || data.payload?.by !== 'transfer') return run;
  return async request => {
    const value = await run(request);
    const output = outputOf(value);
    return output === null ? value : handOver(value as object, output);
  };
}
