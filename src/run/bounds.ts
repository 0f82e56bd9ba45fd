import type { TaskAlone } from '../model.js';
import { median } from '../stats/quantile.js';
import { leastCpuMs, type Resources, resourcesSeen } from './ideal.js';
import { countedTrials, type ExecutorForks } from './summarise.js';

/** What a task alone allows, narrowed by what executors were seen to do. */
export interface Bounds {
  readonly alone: TaskAlone | null;
  readonly resources: Resources;
}

export function boundsOf(
  alone: TaskAlone | null,
  resources: Resources,
  executors: readonly ExecutorForks[],
): Bounds {
  if (alone === null) return { alone, resources };
  // What `taskSync` costs is not what `task` does.
  const cpuMs = executors
    .filter(({ variant }) => !variant.sync)
    .map(executor => typical(executor, trial => trial.cpuMsPerTask));
  const seen = executors.map(executor => ({
    variant: executor.variant,
    throughputPerSecond: typicalThroughput(executor),
  }));
  return {
    alone: { ...alone, cpuMs: leastCpuMs(alone.cpuMs, cpuMs) },
    resources: resourcesSeen(resources, alone.serviceMs, seen),
  };
}

export function typicalThroughput(executor: ExecutorForks): number | null {
  return typical(executor, trial => trial.throughputPerSecond);
}

/** The median over all trials that count; null where none has the figure. */
function typical(
  { forks, coldOnly }: ExecutorForks,
  of: (trial: ReturnType<typeof countedTrials>[number]) => number | null,
): number | null {
  const values = forks.flatMap(fork => countedTrials(fork, coldOnly)).map(of);
  return median(values.filter(value => value !== null));
}
