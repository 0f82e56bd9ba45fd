import type { ExecutorVariant, Ideal, Scenario, TaskAlone } from '../model.js';

/**
 * The throughput that no executor of this shape can exceed: by waiting, whole waves of tasks in flight of one service
 * time each; by computing, the cores it may use ÷ the CPU time of a task. Both from a task measured alone.
 *
 * @param coresForTasks cores of the machine less what the origin uses
 */
export function idealOf(
  scenario: Scenario,
  variant: ExecutorVariant,
  alone: TaskAlone | null,
  coresForTasks: number,
  throughputPerSecond: number | null,
): Ideal | null {
  if (alone === null || alone.serviceMs <= 0) return null;
  const byWaiting = wholeWavesPerSecond(scenario.tasks, variant.concurrency, alone.serviceMs);
  const cores = variant.kind === 'loop' ? 1 : Math.max(1, Math.min(variant.threads, coresForTasks));
  const byCpu = alone.cpuMs > 0 ? cores / (alone.cpuMs / 1000) : Number.POSITIVE_INFINITY;
  const perSecond = Math.min(byWaiting, byCpu);
  // One computing task at a time takes its service time too, but does not wait in it.
  const waits = byWaiting <= byCpu && alone.cpuMs < alone.serviceMs / 2;
  return {
    perSecond,
    limitedBy: waits ? 'waiting' : 'cpu',
    share: throughputPerSecond === null ? null : throughputPerSecond / perSecond,
  };
}

/** Of a batch; a load without an end has no last, half-empty wave. */
function wholeWavesPerSecond(tasks: number | null, concurrency: number, serviceMs: number): number {
  if (tasks === null) return concurrency / (serviceMs / 1000);
  const waves = Math.ceil(tasks / concurrency);
  return tasks / ((waves * serviceMs) / 1000);
}

/**
 * The CPU time that a task cannot do without: the least of what it took alone and of what it took each executor. The
 * few tasks alone run code that is not yet warm, and each executor adds its own; the least comes closest.
 */
export function leastCpuMs(aloneCpuMs: number, byExecutor: readonly (number | null)[]): number {
  return Math.min(aloneCpuMs, ...byExecutor.filter(cpuMs => cpuMs !== null));
}
