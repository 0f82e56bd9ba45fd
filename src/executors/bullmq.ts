import { choice, time, wholeNumber } from '../workloads/params.js';
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
    rtt: time(0, [0, 1_000], 'what is added to each round trip to a private broker'),
    attempts: wholeNumber(1, [1, 64], 'times that a task is tried at most: one that fails is run again'),
    backoff: time(0, [0, 60_000], 'before a failed task is tried again, and twice as long each time after'),
    maxStalled: wholeNumber(
      1,
      [0, 63],
      'times that a task is taken over from a worker that is lost; then it fails, as stalled',
    ),
    ...payloadOptions(['clone']),
  },
  start: async (workload, options) => (await load()).startBrokerExecutor(workload, options),
});
