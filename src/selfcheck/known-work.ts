import { iterationsFor, mix } from '../workloads/kernel.js';
import { computing } from '../workloads/params.js';
import { defineWorkload } from '../workloads/workload.js';

/** The result is of the index alone: whoever does more of the work must not be taken for doing other work. */
function compute(iterations: number, index: number): number {
  mix(iterations, index);
  return index;
}

export default defineWorkload({
  name: 'known-work',
  summary: 'computes as long as it is told, and a known share longer',
  kind: 'cpu',
  params: {
    cpuMs: computing(1, 'how long a task computes'),
    extraShare: { kind: 'number', default: 0, min: 0, max: 10, summary: 'how much longer than that' },
  },
  defaults: { tasks: 40 },
  needsCalibration: true,
  open: async ({ cpuMs, extraShare }, env) => iterationsFor(cpuMs * (1 + extraShare), env.cpuIterationsPerMs),
  task: async (iterations, index) => compute(iterations, index),
  // Every executor is checked, those that block too.
  taskSync: compute,
});
