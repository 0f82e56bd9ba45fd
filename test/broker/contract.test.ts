import { describe, it } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import { hasty } from './hasty.js';

describe('bullmq', async () => {
  for (const check of await executorChecks(hasty)) it(check.name, () => check.run());
});
