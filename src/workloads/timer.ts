import type { TaskSignal } from './task-signal.js';
import { defineWorkload } from './workload.js';

function wait(waitMs: number, index: number, signal: TaskSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.off('abort', onAbort);
      resolve(index);
    }, waitMs);
    signal.once('abort', onAbort);
  });
}

export default defineWorkload({
  name: 'timer',
  summary: 'waits without a network and returns its index',
  kind: 'wait',
  params: {
    waitMs: {
      kind: 'number',
      default: 10,
      min: 0,
      max: 60_000,
      summary: 'how long a task waits; 0 is one turn of setTimeout(0), which Node makes 1 ms',
    },
  },
  defaults: { tasks: 200 },
  open: async ({ waitMs }) => waitMs,
  task: wait,
  close: async () => {},
});
