import type { ExecutorResult } from '../../schema/index.js';
import { counted } from './evidence.js';

/** A task that ignores its abort is given up, and goes on beside those that are measured: from the first one on. */
export function strayReasons(executor: ExecutorResult): string[] {
  const trials = counted(executor);
  const beside = trials.filter(({ ranOn }) => ranOn > 0);
  if (beside.length === 0) return [];
  const most = Math.max(...beside.map(({ ranOn }) => ranOn));
  const tasks = most === 1 ? '1 task' : `up to ${most} tasks`;
  return [
    `tasks ran on: under ${executor.id} ${tasks} ignored the abort at the time limit and ran on while others were measured, in ${beside.length} of ${trials.length} trials; hand the task's signal to what it waits for, or raise --task-timeout`,
  ];
}
