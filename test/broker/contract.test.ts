import { describe, it } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import { hasty } from './hasty.js';
import { BACKENDS, sharedBroker } from './shared-broker.js';

describe.each(BACKENDS)('bullmq through %s', async backend => {
  for (const check of await executorChecks(hasty, { broker: sharedBroker(backend) }))
    it(check.name, () => check.run());
});
