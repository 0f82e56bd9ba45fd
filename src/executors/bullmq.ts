import { choice } from '../workloads/params.js';
import { PROCESSES } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { payloadOptions } from './payload-options.js';

/** Nothing of the packages is loaded with this module: they are optional, and `list` needs none. */
const load = () => import('./broker/executor.js');

export default defineExecutor({
  name: 'bullmq',
  summary:
    'worker processes that take jobs from a BullMQ queue in Redis, Valkey or PostgreSQL (optional packages)',
  capabilities: { ...PROCESSES, hasBroker: true, takesOver: true },
  // What speaks with the engine is looked for with that.
  needsPackage: 'bullmq',
  prepare: async options => (await load()).prepareFor(options),
  options: {
    backend: choice(
      ['any', 'redis', 'valkey', 'postgres'],
      'what the broker has to be; any: the one that is given, or whichever Redis or Valkey there is',
    ),
    persistence: choice(
      ['none', 'appendonly', 'durable'],
      'what a private broker saves: nothing, or each change, synced within a second (appendonly) or before it answers (durable)',
    ),
    ...payloadOptions(['clone']),
  },
  start: async (workload, options) => (await load()).startBrokerExecutor(workload, options),
});
