import { systemClock } from '../../../clock.js';
import type { BrokerEngine, RenewLocks } from '../engine.js';
import type { LockThreadData } from '../locks.js';
import { PostgresController } from './controller.js';
import { PostgresMeetingPlace } from './meeting-place.js';
import { postgresNames } from './names.js';
import { oneConnection } from './one-connection.js';
import { readBroker } from './read-broker.js';
import { extendLocks } from './tables.js';
import { PostgresWorkerLink } from './worker-link.js';

export const engine: BrokerEngine = {
  read: readBroker,
  controller: request => new PostgresController(request),
  meet: (address, watch) => new PostgresMeetingPlace(address, watch),
  worker: (address, names) => new PostgresWorkerLink(address, names),
  lockRenewer,
};

/** By the calendar of this machine, as BullMQ has it. */
function lockRenewer({ address, names, workerId }: LockThreadData): RenewLocks {
  const own = postgresNames(names);
  const pool = oneConnection(address);
  const text = extendLocks(own);
  return lockMs =>
    pool.query(text, [own.queue, `${workerId}:`, systemClock.date().getTime() + Math.ceil(lockMs)]);
}
