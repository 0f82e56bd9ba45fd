import { hashUnit } from '../../src/random.js';
import { iterationsFor, mix } from '../../src/workloads/kernel.js';
import { defineWorkload } from '../../src/workloads/workload.js';

/** By so much processes differ, up and down. */
const MOOD_SHARE = 0.05;

export default defineWorkload({
  name: 'moody',
  summary: 'computes a millisecond, up to 5 % more or less from process to process',
  kind: 'cpu',
  defaults: { tasks: 40 },
  needsCalibration: true,
  open: async (_params, { cpuIterationsPerMs }) =>
    iterationsFor(1 + MOOD_SHARE * (2 * hashUnit(process.pid, 'mood') - 1), cpuIterationsPerMs),
  async task(iterations, index) {
    mix(iterations, index);
    return index;
  },
});
