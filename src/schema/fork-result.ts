import type { Failure } from './failure.js';
import type { Trace } from './trace.js';
import type { TrialResult } from './trial.js';

/** A histogram as plain data (survives JSON and structured clone); `buckets` lists those that are not empty. */
export interface HistogramData {
  readonly count: number;
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
  /** Tasks that have no time, since they failed. Absent where none did. */
  readonly failed?: number | undefined;
}

/** The times of a trial in mergeable form, so that percentiles can be taken over trials of several processes. */
export interface TrialHistograms {
  readonly latencyMs: HistogramData;
  readonly waitMs: HistogramData;
  readonly serviceMs: HistogramData;
  /** Rate load: of the pacer. */
  readonly pacerLateMs: HistogramData | null;
  /** Of the bystander's probes. */
  readonly loopWaitMs: HistogramData;
}

/** Passes over the same tasks, one after the other, as much as makes a figure. */
export interface WarmUpBlock {
  readonly tasks: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Of the host's main loop, within `wallMs`. */
  readonly loopBusyMs: number;
}

export interface WarmedUp {
  readonly blocks: readonly WarmUpBlock[];
  /** Tasks that the worker with the fewest has ended. */
  readonly leastTasks: number;
  /** Ended by CPU time: what tasks cost in this executor is more than the code in them. */
  readonly byCpu: boolean;
  /** Wall times of the latest passes, ms. */
  readonly passesMs: readonly number[];
}

/** Cold results of two executors that are not the same. */
export interface DigestMismatch {
  readonly executor: string;
  readonly other: string;
  readonly fork: number;
  readonly different: number;
  readonly compared: number;
  readonly firstIndex: number;
  /** The results of the first task, in a few words; null where they are not to be had. */
  readonly says?: readonly [string, string] | null | undefined;
  /** What the workload's `sameResult` threw, if it did. */
  readonly threw?: string | null;
}

/** What came of a comparison in which digests differ. */
export interface ResultDifference {
  /** Null: the workload's own `sameResult` calls them the same. */
  readonly mismatch: Omit<DigestMismatch, 'fork'> | null;
  /** Tasks whose digests differ and that `sameResult` was not asked about. */
  readonly notAsked: number;
}

/** What a fork has learnt of one executor. */
export interface ExecutorForkResult {
  readonly id: string;
  readonly startupMs: number | null;
  readonly trials: readonly TrialResult[];
  /** Of the measured trials in `trials`, in their order. */
  readonly histograms: readonly TrialHistograms[];
  /** Of the cold trial; null when it was lost. */
  readonly digests: Float64Array | null;
  readonly examples: readonly Failure[];
  readonly trace: Trace | null;
  /** What its isolates ran between the cold trial and the rounds; null where they ran nothing. */
  readonly warmedUp: WarmedUp | null;
  /** Of its cold results to those of the first executor that has some; null: they are the same. Undefined: nobody has looked. */
  readonly difference?: ResultDifference | null | undefined;
}
