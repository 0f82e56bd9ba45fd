import { LOOP } from '../executors/capabilities.js';
import { defineExecutor } from '../executors/executor.js';
import { COMPLETED } from '../tasks/recorder.js';

/**
 * The floor under every executor for the workload `timer`: as many plain loops of setTimeout as may be in flight, with
 * no workload, no signals, no time-outs. Bound to that workload's parameter, so good for a check and nothing else.
 */
export default defineExecutor({
  name: 'bare-timers',
  summary: 'plain loops around setTimeout: what limited is measured against',
  capabilities: LOOP,
  options: {},
  async start({ params }, { inFlight, recorder }) {
    const waitMs = Number(params.waitMs);
    return {
      async run(batch) {
        let next = 0;
        const lane = async () => {
          while (next < batch.tasks) {
            const index = next++;
            recorder.start(index, 0);
            await new Promise(resolve => setTimeout(resolve, waitMs));
            recorder.finish(index, COMPLETED);
            batch.complete(index, index);
          }
        };
        await Promise.all(Array.from({ length: inFlight }, lane));
      },
      async [Symbol.asyncDispose]() {},
    };
  },
});
