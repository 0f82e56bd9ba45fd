import type { BrokerAddress } from '../../schema/index.js';
import { engineKindOf } from './address.js';
import type { BrokerEngine } from './engine.js';
import type { LockThreadData, RenewLocks } from './locks.js';

/** The engine at an address. Nothing of another one is loaded: their packages are optional. */
export async function loadEngine(address: Pick<BrokerAddress, 'url'>): Promise<BrokerEngine> {
  const { engine } =
    engineKindOf(address) === 'postgres'
      ? await import('./postgres/engine.js')
      : await import('./redis/engine.js');
  return engine;
}

/** For a thread that does nothing else, without the rest of an engine: to load that takes longer than to be a thread. */
export async function loadLockRenewer(data: LockThreadData): Promise<RenewLocks> {
  const { lockRenewer } =
    engineKindOf(data.address) === 'postgres'
      ? await import('./postgres/locks.js')
      : await import('./redis/locks.js');
  return lockRenewer(data);
}
