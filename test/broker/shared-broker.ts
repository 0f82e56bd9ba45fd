import { afterAll, beforeAll } from 'vitest';
import { PrivateBroker } from '../../src/hosts/private-broker.js';
import type { BrokerAddress } from '../../src/schema/index.js';

/** As the option `backend` has them: what holds for each engine is tested through both. */
export const BACKENDS = ['any', 'postgres'] as const;

/** One for all tests of a block: to make a PostgreSQL takes longer than most of them. */
export function sharedBroker(backend: (typeof BACKENDS)[number]): BrokerAddress {
  let running: PrivateBroker | undefined;
  beforeAll(async () => {
    running = await PrivateBroker.start(backend);
  });
  afterAll(() => running?.[Symbol.asyncDispose]());
  return {
    get url() {
      return running!.address.url;
    },
    caFile: null,
  };
}
