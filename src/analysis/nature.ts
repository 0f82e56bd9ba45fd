import type { TaskParts, ThreadUse, WorkloadKind } from '../schema/index.js';
import { medianOfKnown } from '../stats/quantile.js';

/** Less tells nothing: a loop was busy for no longer than it took to be asked. */
const SHORTEST_MS = 5;
/** Less than this in a whole trial is what threads of a process do to each other. */
const LEAST_MS = 2;
/** Share of the time its thread was held from which on a task blocks. */
const BLOCKS = 0.15;
/** The same where nobody knows how long the thread only waited for a core. */
const BLOCKS_SURELY = 0.3;
/** And share of the machine that others may use there: they would look like blocking. */
const MOST_OUTSIDE = 0.1;
/** Share of a task's time from which on something is computed elsewhere. */
const ELSEWHERE = 0.1;
const ELSEWHERE_SURELY = 0.3;
/** CPU time of V8's threads ÷ CPU time of the one they work for, at most, where they are not told apart. */
const MOST_OF_V8 = 2;
/** Share of a task's time that processes must compute: their CPU time is known to 10 ms a trial. */
const CHILDREN = 0.05;

/**
 * Tells what tasks did that ran one after the other and alone: a loop that is busy without CPU time is blocked, CPU time
 * off the loop's thread is libuv's or a native library's. V8's own threads are neither, and a thread that had to wait for
 * a core (other programs, the hypervisor) was not blocked by its task.
 *
 * @returns null where that cannot be told
 */
export function partsOf(use: ThreadUse, tasks: number): TaskParts | null {
  const { wallMs, busyMs, queuedMs, processCpuMs, stolenMs, childrenCpuMs } = use;
  if (wallMs < SHORTEST_MS || (queuedMs === null && use.outsideShare > MOST_OUTSIDE)) return null;
  // Nobody computes on a thread for longer than its loop was busy.
  const threadMs = use.threadCpuMs ?? Math.min(processCpuMs, busyMs);
  const elsewhereMs = Math.max(0, processCpuMs - threadMs);
  const v8Ms = Math.min(elsewhereMs, use.v8CpuMs ?? MOST_OF_V8 * threadMs);
  const notRunMs = (queuedMs ?? 0) + stolenMs;
  const heldMs = Math.max(threadMs, Math.min(busyMs, wallMs) - notRunMs);
  // While V8 collects, the thread waits for V8's others: that is no call of the task's.
  const blockedMs = heldMs - threadMs - v8Ms;
  const offMs = elsewhereMs - v8Ms;
  const ownMs = Math.max(wallMs - notRunMs, threadMs);
  const blocks = isMuch(blockedMs, heldMs, queuedMs === null ? BLOCKS_SURELY : BLOCKS);
  const off = isMuch(offMs, ownMs, use.v8CpuMs === null ? ELSEWHERE_SURELY : ELSEWHERE);
  const idleMs = Math.max(0, wallMs - busyMs);
  const elsewhereTookMs = off ? offMs + (use.othersQueuedMs ?? 0) : 0;
  return {
    computesMs: threadMs / tasks,
    blocksMs: blocks ? (heldMs - threadMs) / tasks : 0,
    offThreadMs: off ? offMs / tasks : 0,
    childrenMs: isMuch(childrenCpuMs, wallMs, CHILDREN) ? childrenCpuMs / tasks : 0,
    waitsMs: Math.max(0, idleMs - elsewhereTookMs) / tasks,
  };
}

function isMuch(ms: number, ofMs: number, share: number): boolean {
  return ms >= LEAST_MS && ms >= share * ofMs;
}

/** Of several measurements the one in the middle, part by part: a disk that stalled once says nothing of a task. */
export function medianParts(measured: readonly (TaskParts | null)[]): TaskParts | null {
  const known = measured.filter(parts => parts !== null);
  if (known.length === 0) return null;
  const middle = (of: (parts: TaskParts) => number) => medianOfKnown(known.map(of))!;
  return {
    computesMs: middle(parts => parts.computesMs),
    blocksMs: middle(parts => parts.blocksMs),
    offThreadMs: middle(parts => parts.offThreadMs),
    childrenMs: middle(parts => parts.childrenMs),
    waitsMs: middle(parts => parts.waitsMs),
  };
}

/** The parts with the CPU time of code that is warm, as a share of what it took alone. */
export function scaledParts(parts: TaskParts, ofCpu: number): TaskParts {
  const { computesMs, offThreadMs } = parts;
  return { ...parts, computesMs: computesMs * ofCpu, offThreadMs: offThreadMs * ofCpu };
}

/** The time for which nobody else can have its thread. */
export function heldMs({ computesMs, blocksMs }: TaskParts): number {
  return computesMs + blocksMs;
}

/** More threads than one compute for a task where it takes more CPU time than its loop was idle. */
const ONE_THREAD = 1.5;
/** Share of its time for which a task must leave its thread free to have been on libuv's meanwhile. */
const LEAVES_ITS_THREAD = 0.1;

/**
 * Whether tasks run on the threads of libuv's pool. The kind that was declared decides only what was not measured, and
 * where threads of the pool wait without computing: for a disk, for names.
 */
export function usesPool(
  kind: WorkloadKind,
  serviceMs: number,
  parts: TaskParts | null | undefined,
): boolean {
  if (parts == null) return kind === 'libuv';
  const freeMs = serviceMs - heldMs(parts);
  if (freeMs < LEAVES_ITS_THREAD * serviceMs) return false;
  if (parts.offThreadMs === 0) return kind === 'libuv';
  // A native library with threads of its own.
  return parts.offThreadMs <= ONE_THREAD * freeMs;
}
