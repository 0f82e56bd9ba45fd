import { FORKS_FOR_INTERVAL } from '../../stats/comparison.js';

/** How a throughput and its interval were made, in sentences. */
export function intervalMethod(forks: number): string {
  if (forks < FORKS_FOR_INTERVAL) return 'The typical trial. There are too few forks for an interval.';
  return `The typical one of ${forks} forks (fresh processes) with its 95 % interval, by Student's t over the forks. Whether two intervals overlap is no comparison: ratios are taken within rounds, in which all executors ran side by side.`;
}

export const PERCENTILE_METHOD =
  'Over all tasks of the trials that count. Symbols are the percentiles of the table, the line goes through others between them. The axis is stretched towards the slowest tasks (log-odds); a percentile is left out where there are too few tasks for it.';

export const IDEAL_METHOD =
  'The throughput that no executor of this shape can exceed, made of what a task takes alone; the bar is the share of it that was reached.';

export const TASK_TIME_METHOD =
  'What the time of the mean task is made of: wait is until it started, service is how long it ran, delivery is until its result was on the main thread. In a batch all tasks are there at the start, so that wait is a place in the line.';

export const TASK_CPU_METHOD =
  "CPU time of all the executor's threads for each task. What a task takes alone is the work itself; what is beyond it are messages, scheduling and cores that are shared.";

export const MAP_METHOD =
  'Throughput as a share of what is recommended. Outlined is the set that was not shown to be behind by more than is allowed; the double outline is recommended: the smallest of them.';

export const MAP_PICTURE_METHOD =
  'How many times as much threads do. The broken line is where they begin to pay, with its interval in each row: at its left end they surely do not, at its right end they surely do.';
