import type { ExecutorResult, ExecutorVariant, Ideal, Scenario, TaskAlone } from '../model.js';

/** What a machine has to offer. */
export interface Resources {
  /** Of the machine, less what the origin uses. */
  readonly cores: number;
  /** Of libuv's pool, which a process has once however many threads it has. */
  readonly uvThreads: number;
}

/** What an executor was seen to do. */
export type Seen = Pick<ExecutorResult, 'coresUsed' | 'loop'> & {
  readonly throughputPerSecond: number | null;
};

/**
 * The throughput that no executor of this shape can exceed: by waiting, whole waves of tasks in flight of one service
 * time each; by computing, the cores it may use ÷ the CPU time of a task; where tasks are done by libuv's pool, its
 * threads ÷ the service time. All from a task measured alone; the smallest is the ideal, and its name the limit.
 */
export function idealOf(
  scenario: Scenario,
  variant: ExecutorVariant,
  alone: TaskAlone | null,
  resources: Resources,
  seen: Seen | null,
): Ideal | null {
  if (alone === null || alone.serviceMs <= 0) return null;
  const byWaiting = wholeWavesPerSecond(scenario.tasks, variant.concurrency, alone.serviceMs);
  const cores = coresOf(scenario, variant, resources, seen);
  const byCpu = alone.cpuMs > 0 ? cores / (alone.cpuMs / 1000) : Number.POSITIVE_INFINITY;
  const uvThreads = scenario.workload.kind === 'libuv' ? poolThreadsOf(variant, resources) : null;
  const byPool = uvThreads === null ? Number.POSITIVE_INFINITY : uvThreads / (alone.serviceMs / 1000);
  const perSecond = Math.min(byWaiting, byCpu, byPool);
  const throughputPerSecond = seen?.throughputPerSecond ?? null;
  return {
    perSecond,
    limitedBy:
      byPool < Math.min(byWaiting, byCpu) ? 'libuv' : waits(byWaiting, byCpu, alone) ? 'waiting' : 'cpu',
    uvThreads,
    share: throughputPerSecond === null ? null : throughputPerSecond / perSecond,
  };
}

/** Of libuv: one pool a process, however many threads it has. */
function poolThreadsOf({ kind, threads, uvThreads }: ExecutorVariant, resources: Resources): number {
  return (uvThreads ?? resources.uvThreads) * (kind === 'processes' ? threads : 1);
}

/** Cores that can compute tasks at the same time; on libuv's threads, which have a limit of their own, all. */
function coresOf(
  { workload }: Scenario,
  { kind, threads }: ExecutorVariant,
  { cores }: Resources,
  seen: Seen | null,
): number {
  if (workload.kind === 'libuv') return Math.max(1, cores);
  return Math.max(1, Math.min(kind === 'loop' ? coresOfLoop(seen) : threads, cores));
}

/** A busy loop keeps one core busy and more where V8 compiles and collects on threads of its own, in CPU time that is the tasks' too. */
function coresOfLoop(seen: Seen | null): number {
  if (seen?.coresUsed == null || seen.loop === null || seen.loop.utilization === 0) return 1;
  return seen.coresUsed / seen.loop.utilization;
}

/** One computing task at a time takes its service time too, but does not wait in it. */
function waits(byWaiting: number, byCpu: number, { cpuMs, serviceMs }: TaskAlone): boolean {
  return byWaiting <= byCpu && cpuMs < serviceMs / 2;
}

/** Of a batch; a load without an end has no last, half-empty wave, and neither has one that is open. */
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
