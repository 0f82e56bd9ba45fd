import type { Redis } from 'ioredis';
import type { BrokerAddress } from '../../schema/index.js';
import { isPrivate } from './address.js';

/** CPU time of a broker that the run has started for itself: one that others use says nothing of these tasks. */
export class BrokerUsage {
  readonly #client: Redis;
  readonly #isPrivate: boolean;
  /** Since it was started, as of the latest `refresh`. */
  cpuMs = 0;

  constructor(client: Redis, address: BrokerAddress) {
    this.#client = client;
    this.#isPrivate = isPrivate(address);
  }

  async refresh(): Promise<void> {
    if (!this.#isPrivate || this.#client.status !== 'ready') return;
    const text = await this.#client.info('cpu').catch(() => '');
    this.cpuMs = Math.max(this.cpuMs, cpuMsOf(text));
  }
}

/** Of what `INFO cpu` says; 0 where it says nothing. */
export function cpuMsOf(info: string): number {
  const seconds = ['sys', 'user'].map(kind =>
    Number(new RegExp(`^used_cpu_${kind}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0),
  );
  return 1_000 * seconds.reduce((sum, one) => sum + one, 0);
}
