import type { BrokerAddress } from '../../schema/index.js';
import { engineKindOf } from './address.js';
import type { BrokerEngine } from './engine.js';

/** The engine at an address. Nothing of another one is loaded: their packages are optional. */
export async function loadEngine(address: Pick<BrokerAddress, 'url'>): Promise<BrokerEngine> {
  const { engine } =
    engineKindOf(address) === 'postgres'
      ? await import('./postgres/engine.js')
      : await import('./redis/engine.js');
  return engine;
}
