import { messageOf } from '../errors.js';
import { type PoolRequest, type PoolTaskData, poolTask } from '../tasks/pool-task.js';
import type { SharedRecord } from '../tasks/recorder.js';
import { Ledger } from '../trial/ledger.js';

/** What a pool's thread is started with. */
export interface ThreadPoolData extends PoolTaskData {
  readonly record: SharedRecord;
}

/** The function that a pool calls in its threads, by what they were started with; see `poolTask`. */
export function threadTask(data: ThreadPoolData): (request: PoolRequest) => Promise<unknown> {
  const ledger = new Ledger(data.record);
  process.on('uncaughtExceptionMonitor', error => ledger.leaveLastWords(messageOf(error)));
  return poolTask(data, ledger, ledger.enlist());
}
