import type { BrokerAddress } from '../../schema/index.js';
import type { BrokerNames } from './names.js';

/** What the thread that renews locks is started with. */
export interface LockThreadData {
  readonly address: BrokerAddress;
  readonly names: BrokerNames;
  /** Of BullMQ: the locks of its jobs begin with it. */
  readonly workerId: string;
  readonly lockMs: number;
}

/** Renews the locks of all jobs that a worker has. */
export type RenewLocks = (lockMs: number) => Promise<unknown>;

/** Of the time that a lock holds: one renewal may be late, and the next is still in time. */
const RENEWALS_PER_LOCK = 3;

export function renewEveryMs(lockMs: number): number {
  return lockMs / RENEWALS_PER_LOCK;
}
