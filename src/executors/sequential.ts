import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { startOnLoop } from './loop.js';

export default defineExecutor({
  name: 'sequential',
  summary: 'one loop, one task after the other: a for loop with await inside',
  capabilities: LOOP,
  options: {},
  maxInFlight: 1,
  start: (ref, options) =>
    startOnLoop(ref, options, (runner, batch) => runner.runLanes(1, batch.source, batch)),
});
