import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { startOnLoop } from './loop.js';

export default defineExecutor({
  name: 'limited',
  summary: 'one loop, in-flight lanes that each pull the next task, as p-map does',
  capabilities: { ...LOOP, inFlightByBatch: true },
  options: {},
  start: (ref, options) =>
    startOnLoop(ref, options, (runner, batch) =>
      // More lanes than tasks would only wake up to end.
      runner.runLanes(Math.min(options.inFlight, batch.inFlight, batch.tasks), batch.source, batch),
    ),
});
