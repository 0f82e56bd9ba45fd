import { wholeNumber } from '../workloads/params.js';
import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { startOnLoop } from './loop.js';

export default defineExecutor({
  name: 'batched',
  summary: 'one loop, batch-size tasks at once, then the next batch when all of them have ended',
  capabilities: { ...LOOP, limitOption: 'batchSize' },
  options: {
    batchSize: wholeNumber(10, [1, 1_000_000], 'tasks started at once'),
  },
  concurrency: ({ options, inFlight, connections }) =>
    connections ? Math.min(options.batchSize, inFlight) : options.batchSize,
  start: (ref, options) =>
    startOnLoop(ref, options, (runner, batch) =>
      runner.runAll(batch.source, batch, { most: options.options.batchSize, inWindows: true }),
    ),
});
