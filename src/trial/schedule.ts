import { createRandom } from '../random.js';
import type { RateLoad } from '../schema/index.js';

export interface Arrivals {
  readonly perSecond: number;
  readonly arrivals: RateLoad['arrivals'];
  /** Of Poisson arrivals. */
  readonly seed: number;
}

/**
 * When each task is due, in ms after the start of the trial, ascending. Absolute times: who is late at one task is not
 * late at all that follow.
 *
 * Constant: i ÷ rate. Poisson: independent gaps of an exponential distribution with the same mean, by inversion
 * (Devroye, Non-Uniform Random Variate Generation, 1986).
 *
 * @param dueMs written to, one entry a task
 */
export function fillSchedule(dueMs: Float64Array, { perSecond, arrivals, seed }: Arrivals): void {
  const meanGapMs = 1_000 / perSecond;
  if (arrivals === 'constant') {
    for (let index = 0; index < dueMs.length; index++) dueMs[index] = index * meanGapMs;
    return;
  }
  const random = createRandom(seed);
  let atMs = 0;
  for (let index = 0; index < dueMs.length; index++) {
    // In (0, 1], where the logarithm is finite.
    atMs -= Math.log(1 - random.next()) * meanGapMs;
    dueMs[index] = atMs;
  }
}
