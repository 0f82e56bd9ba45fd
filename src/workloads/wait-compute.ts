import { iterationsFor, mix } from './kernel.js';
import { computing, milliseconds } from './params.js';
import type { TaskSignal } from './task-signal.js';
import timer from './timer.js';
import { defineWorkload } from './workload.js';

const NO_WAIT = 0;

export default defineWorkload({
  name: 'wait-compute',
  summary: 'waits without a network, then computes: what map measures',
  kind: 'mixed',
  kindOf: ({ waitMs }) => (waitMs === NO_WAIT ? 'cpu' : 'mixed'),
  params: {
    waitMs: milliseconds(5, 'how long a task waits before it computes; 0: not at all'),
    cpuMs: computing(1, 'how long a task computes, as in cpu; calibrated once a run'),
  },
  defaults: { tasks: 200 },
  needsCalibration: true,
  open: async ({ waitMs, cpuMs }, env) => ({
    waitMs,
    stepMs: 0,
    iterations: iterationsFor(cpuMs, env.cpuIterationsPerMs),
  }),
  async task(context, index, signal: TaskSignal) {
    // setTimeout(0) takes a millisecond.
    if (context.waitMs !== NO_WAIT) await timer.task(context, index, signal);
    return { index, digest: mix(context.iterations, index) };
  },
});
