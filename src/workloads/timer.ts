import { milliseconds } from './params.js';
import type { TaskSignal } from './task-signal.js';
import { defineWorkload } from './workload.js';

interface Times {
  readonly waitMs: number;
  readonly stepMs: number;
}

const timeOf = ({ waitMs, stepMs }: Times, index: number) => waitMs + stepMs * index;

function wait(times: Times, index: number, signal: TaskSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.off('abort', onAbort);
        resolve(index);
      },
      timeOf(times, index),
    );
    signal.once('abort', onAbort);
  });
}

const NOBODY = new Int32Array(new SharedArrayBuffer(4));

/** Holds the thread, as time.sleep in a coroutine does. */
function sleep(times: Times, index: number): number {
  Atomics.wait(NOBODY, 0, 0, timeOf(times, index));
  return index;
}

export default defineWorkload({
  name: 'timer',
  summary: 'waits without a network and returns its index',
  kind: 'wait',
  params: {
    waitMs: milliseconds(10, 'how long a task waits; 0 is one turn of setTimeout(0), which Node makes 1 ms'),
    stepMs: milliseconds(
      0,
      'how much longer each further task waits: task 0 waitMs, task 1 waitMs + stepMs, …',
    ),
  },
  defaults: { tasks: 200 },
  open: async ({ waitMs, stepMs }): Promise<Times> => ({ waitMs, stepMs }),
  task: wait,
  taskSync: sleep,
});
