import { startBrokerExecutor } from '../../src/executors/broker/executor.js';
import bullmq from '../../src/executors/bullmq.js';
import type { Executor } from '../../src/executors/executor.js';

/** Long enough for a thread that renews locks on a machine that is busy. */
export const HASTY_LOCK_MS = 1_500;

/** `bullmq` whose locks run out sooner: what is taken over is so within two of them. */
export const hasty: Executor = {
  ...bullmq,
  start: (workload, options) => startBrokerExecutor(workload, options, HASTY_LOCK_MS),
};
