import type { ExecutorForkResult, WarmUpCost } from '../schema/index.js';
import { medianOfKnown } from '../stats/quantile.js';
import type { ExecutorHistory } from './history.js';

/**
 * The CPU time that a worker of this executor takes until it has done so many tasks, those of the cold trial included:
 * the median over forks. CPU time, since hosts are warmed side by side.
 */
export function warmUpCostOf({ variant, forks }: ExecutorHistory, settledTasks: number): WarmUpCost | null {
  const cpuMs = medianOfKnown(forks.map(fork => cpuMsUntil(fork, settledTasks * variant.threads)));
  return cpuMs === null ? null : { cpuMs: cpuMs / variant.threads, tasks: settledTasks };
}

/** @param tasks of all workers together; null when so many were not run */
function cpuMsUntil({ trials, warmedUp }: ExecutorForkResult, tasks: number): number | null {
  const cold = trials.find(trial => trial.state === 'measured' && trial.cold);
  if (cold?.state !== 'measured' || warmedUp === null) return null;
  let left = tasks;
  let cpuMs = 0;
  for (const block of [{ tasks: cold.outcomes.issued, cpuMs: cold.cpuMs }, ...warmedUp.blocks]) {
    const share = Math.min(1, left / Math.max(1, block.tasks));
    cpuMs += share * block.cpuMs;
    left -= block.tasks;
    if (left <= 0) return cpuMs;
  }
  return null;
}
