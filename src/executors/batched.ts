import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { runWindows, startOnLoop } from './loop.js';

export default defineExecutor({
  name: 'batched',
  summary: 'one loop, batch-size tasks at once, then the next batch when all of them have ended',
  capabilities: LOOP,
  options: {
    batchSize: {
      kind: 'number',
      default: 10,
      min: 1,
      max: 1_000_000,
      integer: true,
      summary: 'tasks started at once',
    },
  },
  concurrency: ({ options, inFlight, connections }) =>
    connections ? Math.min(Number(options.batchSize), inFlight) : Number(options.batchSize),
  start: (ref, options) => {
    const batchSize = Number(options.options.batchSize);
    return startOnLoop(ref, options, (runner, batch) => runWindows(runner, batch, batchSize, batch));
  },
});
