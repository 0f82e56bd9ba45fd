import type { Redis } from 'ioredis';
import type { LockThreadData, RenewLocks } from '../locks.js';
import { queueKey } from '../names.js';
import { connect } from './connect.js';
import { connectionOptions } from './connection-options.js';

/** As BullMQ renews one lock (extendLock), for all jobs at hand whose lock is of this worker. */
const RENEW = `
local renewed = 0
for _, id in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  local lock = ARGV[1] .. id .. ':lock'
  local token = redis.call('GET', lock)
  if token and string.sub(token, 1, #ARGV[2]) == ARGV[2] then
    redis.call('PEXPIRE', lock, ARGV[3])
    redis.call('SREM', KEYS[2], id)
    renewed = renewed + 1
  end
end
return renewed`;

export function lockRenewer(data: LockThreadData): RenewLocks {
  const client = connect({ ...connectionOptions(data.address), maxRetriesPerRequest: null });
  return lockMs => renewLocks(client, data, lockMs);
}

/** @returns how many */
async function renewLocks(
  client: Redis,
  { names, workerId }: Pick<LockThreadData, 'names' | 'workerId'>,
  lockMs: number,
): Promise<number> {
  const [active, stalled, jobs] = ['active', 'stalled', ''].map(part => queueKey(names, part));
  return Number(await client.eval(RENEW, 2, active!, stalled!, jobs!, `${workerId}:`, lockMs));
}
