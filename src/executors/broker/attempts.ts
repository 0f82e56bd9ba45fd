import type { JobsOptions } from 'bullmq';
import type { Params } from '../../schema/index.js';

/** As it has always been with queues whose tasks must not run twice without need. */
const MOST_STALLED = 1;

/**
 * Of each job: it is forgotten when it has completed; of those that failed the controller is to hear.
 *
 * @param options of the executor: how often a failed task is tried, and how long it waits before, twice as long each time
 */
export function jobOptions({ attempts = 1, backoff = 0 }: Params): JobsOptions {
  const delay = Number(backoff);
  return {
    attempts: Number(attempts),
    ...(delay > 0 && { backoff: { type: 'exponential', delay } }),
    removeOnComplete: true,
    removeOnFail: false,
  };
}

/** Times that a job may be taken over before it fails as `stalled`. */
export function maxStalledOf({ maxStalled = MOST_STALLED }: Params): number {
  return Number(maxStalled);
}
