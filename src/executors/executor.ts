import type { ExecutorKind, ParamSpecs, Params } from '../model.js';
import type { Batch } from '../trial/batch.js';
import type { Ledger } from '../trial/ledger.js';
import type { WorkloadRef } from '../workloads/workload.js';

export interface StartOptions {
  /** Validated against `Executor.options`. */
  readonly options: Params;
  readonly threads: number;
  /** Limit for the whole executor. */
  readonly inFlight: number;
  /** `inFlight` ÷ `threads`, always whole. */
  readonly inFlightPerWorker: number;
  readonly taskTimeoutMs: number;
  /** Shared memory, allocated once for the largest batch: reset before each trial. */
  readonly ledger: Ledger;
}

/** How tasks are started. Runs in a host process of its own. */
export interface Executor {
  readonly name: string;
  /** One line for `list`. */
  readonly summary: string;
  readonly kind: ExecutorKind;
  /** Options besides `threads` and in-flight, as plain data. */
  readonly options: ParamSpecs;
  /** 1: never more than one task in flight, whatever `--in-flight` says. */
  readonly maxInFlight?: 1;
  /**
   * Tasks that can really wait at the same time, for the ideal. Default: in-flight.
   * @param shared.connections whether tasks share connections, of which there are in-flight many
   */
  concurrency?(shared: {
    readonly options: Params;
    readonly inFlight: number;
    readonly tasks: number;
    readonly connections: boolean;
  }): number;
  /** Opens the workload in every worker; resolves when all are ready for tasks. */
  start(workload: WorkloadRef, options: StartOptions, signal: AbortSignal): Promise<RunningExecutor>;
}

export interface RunningExecutor extends AsyncDisposable {
  /**
   * Runs every task of the batch once and resolves when the last result is on this thread.
   *
   * A failed task is a result (`batch.fail`), never a rejection.
   * @throws WorkerLost when a worker ended before its tasks did
   */
  run(batch: Batch): Promise<void>;
}

export function defineExecutor(executor: Executor): Executor {
  return executor;
}
