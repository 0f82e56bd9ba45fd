import type { RateLoad } from '../schema/index.js';

const QUARTERS = 4;

/**
 * Mean number of tasks that were due and not yet delivered, in each quarter of the schedule.
 *
 * @param dueMs of each task that became due, ascending
 * @param leftMs when each was delivered; infinite for one that never was
 */
export function backlogByQuarter(dueMs: Float64Array, leftMs: Float64Array): number[] {
  const endMs = dueMs.at(-1) ?? 0;
  const quarterMs = endMs / QUARTERS;
  const taskMs = new Float64Array(QUARTERS);
  if (quarterMs <= 0) return [...taskMs];
  for (let task = 0; task < dueMs.length; task++) {
    const first = Math.min(QUARTERS - 1, Math.floor(dueMs[task]! / quarterMs));
    for (let quarter = first; quarter < QUARTERS; quarter++) {
      const fromMs = Math.max(dueMs[task]!, quarter * quarterMs);
      const toMs = Math.min(leftMs[task]!, (quarter + 1) * quarterMs);
      if (toMs <= fromMs) break;
      taskMs[quarter]! += toMs - fromMs;
    }
  }
  return [...taskMs].map(sum => sum / quarterMs);
}

/** Growth below this share of what arrived meanwhile is no overload: the rate is known no better. */
const SMALLEST_SHARE = 0.02;
const SMALLEST_GROWTH = 10;
/** Chance makes the number of Poisson arrivals vary by its square root. */
const STANDARD_ERRORS = 3;

/**
 * Whether a backlog grows for as long as the schedule lasts: the executor is overloaded, and its percentiles only tell
 * how long the trial was.
 *
 * The first quarter is left out (connections are opened there). From the second to the fourth the backlog must have
 * grown by more than noise can make it, and in both steps: a single stall fills it once.
 */
export function isGrowing(
  quarters: readonly number[],
  tasksDue: number,
  arrivals: RateLoad['arrivals'],
): boolean {
  const [, second = 0, third = 0, fourth = 0] = quarters;
  const growth = fourth - second;
  const arrived = tasksDue / 2;
  const chance = arrivals === 'poisson' ? STANDARD_ERRORS * Math.sqrt(arrived) : 0;
  if (growth <= Math.max(SMALLEST_GROWTH, SMALLEST_SHARE * arrived, chance)) return false;
  return third - second >= growth / 4 && fourth - third >= growth / 4;
}
