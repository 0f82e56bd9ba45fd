import type {
  ExecutorResult,
  ExecutorVariant,
  Ideal,
  Lengths,
  Scenario,
  TaskAlone,
} from '../schema/index.js';
import { median } from '../stats/quantile.js';
import { heldMs, usesPool } from './nature.js';

/** What a machine has to offer. */
export interface Resources {
  /** Of the machine, less what the origin uses. */
  readonly cores: number;
  /** Of libuv's pool, which a process has once however many threads it has; null: they are no limit that is known. */
  readonly uvThreads: number | null;
}

/** What is known of a task when bounds are made. */
export interface TaskProfile extends TaskAlone {
  /** Null or absent: tasks are as long as each other. */
  readonly lengths?: Lengths | null;
  /** Of all tasks, in each round that was observed: what is random is drawn anew in each. */
  readonly lengthsByRound?: readonly Lengths[];
}

/** More than a bound allows, by more than a task alone may differ from its like under load. */
const CONTRADICTION_FACTOR = 1.25;

/**
 * Resources without libuv's threads where somebody was seen to do more than they allow: a task then holds one of them for
 * a part of its service time only, and nobody knows how long that is. Reading a file takes several turns of the pool.
 */
export function withoutDisprovedPool(
  resources: Resources,
  serviceMs: number,
  observed: readonly { readonly variant: ExecutorVariant; readonly tasksPerSecond: number | null }[],
): Resources {
  const disproved = observed.some(({ variant, tasksPerSecond }) => {
    const uvThreads = variant.sync ? null : poolThreadsOf(variant, resources);
    if (uvThreads === null || tasksPerSecond === null) return false;
    return tasksPerSecond * (serviceMs / 1_000) > CONTRADICTION_FACTOR * uvThreads;
  });
  return disproved ? { ...resources, uvThreads: null } : resources;
}

/** What an executor was seen to do. */
export type ObservedFigures = Pick<ExecutorResult, 'coresUsed' | 'loop'> & {
  readonly tasksPerSecond: number | null;
};

/**
 * The throughput that no executor of this shape can exceed: by waiting, the service times of tasks in flight, wave
 * by wave; by blocking, one task at a time on each thread, whatever is in flight and however many cores there are; by
 * computing, the cores it may use ÷ the CPU time of a task; where tasks are done by libuv's pool, its threads ÷ the time
 * that they take of one. All from a task measured alone; the smallest is the ideal, and its name the limit.
 */
export function idealOf(
  scenario: Scenario,
  variant: ExecutorVariant,
  alone: TaskProfile | null,
  resources: Resources,
  observed: ObservedFigures | null,
): Ideal | null {
  if (alone === null || alone.serviceMs <= 0 || variant.sync) return null;
  const pooled = usesPool(scenario.workload.kind, alone.serviceMs, alone.parts);
  const byWaiting = byWaitingPerSecond(scenario.tasks, variant.concurrency, alone);
  const byBlocking = byBlockingPerSecond(scenario.tasks, variant.threads, alone);
  const cores = coresOf(isElsewhere(pooled, alone), variant, resources, observed);
  const cpuMs = alone.cpuMs + (alone.parts?.childrenMs ?? 0);
  const byCpu = cpuMs > 0 ? cores / (cpuMs / 1000) : Number.POSITIVE_INFINITY;
  const uvThreads = pooled ? poolThreadsOf(variant, resources) : null;
  const byPool = uvThreads === null ? Number.POSITIVE_INFINITY : uvThreads / (poolMs(alone) / 1000);
  const byThread = Math.min(byWaiting, byBlocking);
  const perSecond = Math.min(byThread, byCpu, byPool);
  const tasksPerSecond = observed?.tasksPerSecond ?? null;
  return {
    perSecond,
    limitedBy:
      byPool < Math.min(byThread, byCpu)
        ? 'libuv'
        : byThread <= byCpu
          ? limitOf(alone, byBlocking < byWaiting)
          : 'cpu',
    uvThreads,
    share: tasksPerSecond === null ? null : tasksPerSecond / perSecond,
  };
}

/**
 * For how long a task has a thread of libuv's pool: its CPU time there, which a busy machine does not make longer, or as
 * long as it takes where nobody saw the pool compute.
 */
export function poolMs({ serviceMs, parts }: TaskProfile): number {
  return parts == null || parts.offThreadMs === 0 ? serviceMs : parts.offThreadMs;
}

/** Whether others than its executor's threads compute a task. */
function isElsewhere(pooled: boolean, { parts }: TaskProfile): boolean {
  return pooled || (parts != null && parts.offThreadMs + parts.childrenMs > parts.computesMs);
}

/**
 * No limit for tasks that do not block: what a thread computes is in its CPU time, which is known better. Where tasks
 * differ in length their threads are held in proportion.
 */
function byBlockingPerSecond(tasks: number | null, threads: number, alone: TaskProfile): number {
  const { parts, serviceMs, lengths } = alone;
  if (parts == null || parts.blocksMs === 0) return Number.POSITIVE_INFINITY;
  const held = heldMs(parts);
  const share = Math.min(1, held / (held + parts.waitsMs));
  const heldLengths = lengths && { meanMs: lengths.meanMs * share, maxMs: lengths.maxMs * share };
  return byWaitingPerSecond(tasks, threads, {
    ...alone,
    serviceMs: Math.min(held, serviceMs),
    lengths: heldLengths ?? null,
  });
}

/**
 * What most of a task's time goes to, or of the time that it holds its thread where that is the limit: one computing task
 * at a time takes its service time too, but does not wait in it.
 */
function limitOf({ cpuMs, serviceMs, parts }: TaskProfile, held: boolean): Ideal['limitedBy'] {
  const blocksMs = parts?.blocksMs ?? 0;
  const others = Math.max(parts?.computesMs ?? 0, held ? 0 : (parts?.waitsMs ?? 0));
  if (blocksMs > others) return 'blocking';
  return held || cpuMs >= serviceMs / 2 ? 'cpu' : 'waiting';
}

/** Of libuv: one pool a process, however many threads it has. */
function poolThreadsOf(
  { capabilities, threads, uvThreads }: ExecutorVariant,
  resources: Resources,
): number | null {
  if (resources.uvThreads === null) return null;
  return (uvThreads ?? resources.uvThreads) * (capabilities.sharesMemory ? 1 : threads);
}

/** Cores that can compute tasks at the same time; on libuv's threads, which have a limit of their own, all. */
function coresOf(
  elsewhere: boolean,
  { capabilities, threads }: ExecutorVariant,
  { cores }: Resources,
  observed: ObservedFigures | null,
): number {
  if (elsewhere) return Math.max(1, cores);
  return Math.max(1, Math.min(capabilities.workers ? threads : coresOfLoop(observed), cores));
}

/** A busy loop keeps one core busy and more where V8 compiles and collects on threads of its own, in CPU time that is the tasks' too. */
function coresOfLoop(observed: ObservedFigures | null): number {
  if (observed?.coresUsed == null || observed.loop === null || observed.loop.utilization === 0) return 1;
  return observed.coresUsed / observed.loop.utilization;
}

/**
 * Whole waves of tasks that are as long as each other; a load without an end has no last, half-empty wave. Where they
 * differ all together take the mean each, shared among those in flight, and none ends before the longest.
 */
function byWaitingPerSecond(
  tasks: number | null,
  concurrency: number,
  { serviceMs, lengths, lengthsByRound }: TaskProfile,
): number {
  if (tasks === null) return concurrency / ((lengths?.meanMs ?? serviceMs) / 1000);
  const wallMs =
    lengths == null
      ? Math.ceil(tasks / concurrency) * serviceMs
      : shortestWallMs(tasks, concurrency, lengthsByRound ?? [lengths]);
  return tasks / (wallMs / 1000);
}

/** In the middle of the rounds: the longest task decides in one of them, the mean in another. */
function shortestWallMs(tasks: number, concurrency: number, rounds: readonly Lengths[]): number {
  return median(rounds.map(({ meanMs, maxMs }) => Math.max((tasks * meanMs) / concurrency, maxMs)))!;
}

/**
 * The CPU time that a task cannot do without: the least of what it took alone and of what it took each executor. The
 * few tasks alone run code that is not yet warm, and each executor adds its own; the least comes closest.
 */
export function leastCpuMs(aloneCpuMs: number, byExecutor: readonly (number | null)[]): number {
  return Math.min(aloneCpuMs, ...byExecutor.filter(cpuMs => cpuMs !== null));
}
