import type { ScenarioResult } from '../../schema/index.js';
import { percent } from '../format.js';
import { loadOf } from './load.js';

/** Past this share of a batch its throughput is not that of a service that goes on. */
const TOLD = 0.1;
/** Two waves are 1, and one is 2: all tasks start at the same time. */
const AT_ONCE = 1.5;

/** `ramp and tail 25 %`: the share of a batch in which it fills and empties, where that is more than a tenth. */
export function rampText(result: ScenarioResult): string[] {
  const share = rampShare(result);
  return share <= TOLD ? [] : [`ramp and tail ${percent(share)}`];
}

/**
 * Until the first task is over and after the last has started: two service times of the whole batch, by the ideal of
 * the executor that suffers most. One that starts all its tasks at once has nothing else, wherever others have. 0: it is
 * not known.
 */
function rampShare({ scenario, alone, executors }: ScenarioResult): number {
  const { batchTasks: tasks } = loadOf(scenario);
  if (tasks === null || alone === null) return 0;
  const shares = executors.flatMap(({ ideal }) =>
    ideal === null ? [] : [(2 * alone.serviceMs * ideal.perSecond) / (1_000 * tasks)],
  );
  const inWaves = shares.filter(share => share < AT_ONCE);
  return Math.min(1, Math.max(0, ...(inWaves.length > 0 ? inWaves : shares)));
}
