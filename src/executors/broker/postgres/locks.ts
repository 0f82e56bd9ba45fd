import { systemClock } from '../../../clock.js';
import type { LockThreadData, RenewLocks } from '../locks.js';
import { postgresNames } from './names.js';
import { oneConnection } from './one-connection.js';
import { extendLocks } from './tables.js';

/** By the calendar of this machine, as BullMQ has it. */
export function lockRenewer({ address, names, workerId }: LockThreadData): RenewLocks {
  const own = postgresNames(names);
  const pool = oneConnection(address);
  const text = extendLocks(own);
  return lockMs =>
    pool.query(text, [own.queue, `${workerId}:`, systemClock.date().getTime() + Math.ceil(lockMs)]);
}
