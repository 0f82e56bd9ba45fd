import { iterationsFor, mix } from './kernel.js';
import { computing } from './params.js';
import { defineWorkload } from './workload.js';

const compute = (iterations: number, index: number) => ({ index, digest: mix(iterations, index) });

export default defineWorkload({
  name: 'cpu',
  summary: 'computes for a while: integer mixing, the same number of iterations in every task',
  kind: 'cpu',
  params: {
    cpuMs: computing(
      5,
      'how long a task computes on this machine when it has a core to itself; calibrated once a run',
    ),
  },
  defaults: { tasks: 200 },
  needsCalibration: true,
  open: async ({ cpuMs }, env) => iterationsFor(cpuMs, env.cpuIterationsPerMs),
  task: async (iterations, index) => compute(iterations, index),
  taskSync: compute,
});
