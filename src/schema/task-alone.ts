import type { TaskAlone } from './scenario-result.js';

/** What the main thread, and the process beside it, did while tasks ran; all in ms. */
export interface ThreadUse {
  readonly wallMs: number;
  /** The loop was not idle: its thread ran, was held by a call that blocks, or had to wait for a core. */
  readonly busyMs: number;
  /** CPU time of the main thread; null where the system does not tell. */
  readonly threadCpuMs: number | null;
  /** That the main thread was ready and others had the cores; null where the system does not tell. */
  readonly queuedMs: number | null;
  /** CPU time of all threads of the process. */
  readonly processCpuMs: number;
  /** CPU time of V8's own threads, which compile and collect; null where they are not told from others. */
  readonly v8CpuMs: number | null;
  /** Σ that all other threads, V8's left out, were ready and others had the cores; null where the system does not tell. */
  readonly othersQueuedMs: number | null;
  /** CPU time of child processes that have ended. */
  readonly childrenCpuMs: number;
  /** CPU time that the hypervisor took from this process, if it took from all alike. */
  readonly stolenMs: number;
  /** Share of the machine's CPU time that others used. */
  readonly outsideShare: number;
}

/** Of tasks that differ in length. */
export interface Lengths {
  readonly meanMs: number;
  readonly maxMs: number;
}

/** A task alone, as it was measured. */
export interface AloneMeasured extends TaskAlone {
  /** Whether the loop was busy all the time: it waits for nothing, and warm code takes less. What it blocks for stays as it is. */
  readonly computes: boolean;
  /** Null: tasks are as long as each other, or nobody knows because some failed: those count as their time limit. */
  readonly lengths: Lengths | null;
}
