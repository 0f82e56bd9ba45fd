import type { BrokerAddress, Executions, ExecutorCapabilities, ParamSpecs, Params } from '../schema/index.js';
import type { Batch } from '../tasks/batch.js';
import type { Recorder } from '../tasks/recorder.js';
import type { WorkerUsage } from '../trial/usage.js';
import type { ParamsOf, WorkloadRef } from '../workloads/workload.js';

export interface StartOptions<Options = Params> {
  /** Validated against `Executor.options`. */
  readonly options: Options;
  readonly threads: number;
  /** Limit for the whole executor. */
  readonly inFlight: number;
  /** `inFlight` ÷ `threads`, always whole. */
  readonly inFlightPerWorker: number;
  readonly taskTimeoutMs: number;
  /** Data that goes to each task, and as much that comes back; 0: none. */
  readonly payloadBytes: number;
  /** Of an executor with `capabilities.hasBroker`. */
  readonly broker?: BrokerAddress | undefined;
  /** Where what becomes of tasks is written down: the same in all batches. */
  readonly recorder: Recorder;
}

/** What `concurrency` is told. */
export interface SharedLimits<Options> {
  readonly options: Options;
  readonly inFlight: number;
  readonly tasks: number;
  /** Whether tasks share connections, of which there are in-flight many. */
  readonly connections: boolean;
}

/** How tasks are started. Runs in a host process of its own. Its options are typed by their specs. */
export interface Executor<S extends ParamSpecs = ParamSpecs> {
  readonly name: string;
  /** One line for `list`. */
  readonly summary: string;
  /** `LOOP`, `THREADS` or `PROCESSES`, unless it is something else. */
  readonly capabilities: ExecutorCapabilities;
  /** Options besides `threads` and in-flight, as plain data. */
  readonly options: S;
  /** 1: never more than one task in flight, whatever `--in-flight` says. */
  readonly maxInFlight?: 1;
  /** 1: a worker runs one task at a time, whatever `--in-flight` says. */
  readonly maxInFlightPerWorker?: 1;
  /** It calls `taskSync`: workloads without one cannot be run by it. */
  readonly needsTaskSync?: true;
  /** Optional packages that it cannot do without. */
  readonly needsPackage?: string | readonly string[];
  /** Tasks that can really wait at the same time, for the ideal. Default: in-flight. */
  concurrency?(limits: SharedLimits<ParamsOf<S>>): number;
  /** Loads what it needs besides the workload. Called before the clock of its start runs: modules are loaded for all alike. */
  prepare?(options?: Pick<StartOptions, 'broker'>): Promise<unknown>;
  /** Opens the workload in every worker; resolves when all are ready for tasks. */
  start(
    workload: WorkloadRef,
    options: StartOptions<ParamsOf<S>>,
    signal: AbortSignal,
  ): Promise<RunningExecutor>;
}

export interface RunningExecutor extends AsyncDisposable {
  /**
   * Runs every task of the batch once and resolves when the last result is on this thread.
   *
   * A failed task is a result (`batch.fail`), never a rejection.
   * @throws WorkerLost when a worker ended before its tasks did
   */
  run(batch: Batch): Promise<void>;
  /** Of processes that it has started: what they use is not in the figures of the host's own. */
  usage?(): WorkerUsage;
  /** What came of tasks since the last call, where one may run more than once: asked for when no clock runs. */
  executions?(): Promise<Executions>;
  /** Finds out what they have used by now: called before and after a trial, when no clock runs. */
  refreshUsage?(): Promise<void>;
}

/**
 * Gives an executor its types.
 *
 * @example options: { batchSize: { kind: 'number', … } } makes `options.batchSize` a number in `start` and `concurrency`
 */
export function defineExecutor<const S extends ParamSpecs>(definition: Executor<S>): Executor {
  // The types of options are known inside the definition only; outside they are opaque.
  return definition as unknown as Executor;
}
