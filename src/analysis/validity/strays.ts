import type { ExecutorResult } from '../../schema/index.js';
import { counted } from './evidence.js';
import { type Found, found } from './together.js';

/** A task that ignores its abort is given up, and goes on beside those that are measured: from the first one on. */
export function strayFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor);
  const beside = trials.filter(({ tasksRanOn }) => tasksRanOn > 0);
  if (beside.length === 0) return [];
  const tasks = Math.max(...beside.map(({ tasksRanOn }) => tasksRanOn));
  const values = { tasks, trials: beside.length, ofTrials: trials.length };
  return [found('tasks-ran-on', 'weak', executor.variant.id, values, tasks)];
}
