import { describe, it } from 'vitest';
import { executorChecks } from '../../src/contract/index.js';
import bullmq from '../../src/executors/bullmq.js';

describe('bullmq', async () => {
  for (const check of await executorChecks(bullmq)) it(check.name, () => check.run());
});
