/** The messages between the CLI and a host, each way. */
import type {
  BrokerAddress,
  Load,
  Loss,
  ModuleRef,
  Params,
  ResultsCompared,
  WarmedUp,
} from '../schema/index.js';
import type { WorkloadRef } from '../workloads/workload.js';
import type { ShownResult } from './shown-result.js';
import type { TrialOutput, TrialSpec } from './trial.js';
import type { WarmUpAim } from './warm-up.js';

/** Starts the executor, once per host. */
export interface StartMessage {
  readonly type: 'start';
  readonly executor: ModuleRef;
  readonly options: Params;
  readonly threads: number;
  readonly inFlight: number;
  readonly inFlightPerWorker: number;
  readonly payloadBytes: number;
  /** Of an executor that goes through one. */
  readonly broker?: BrokerAddress | undefined;
  readonly workload: WorkloadRef;
  readonly load: Load['kind'];
  /** Most tasks of a trial: the size of the ledger. Not looked at in a duration load. */
  readonly capacity: number;
  readonly taskTimeoutMs: number;
  /** Whether results are kept until a measured trial ends. */
  readonly keepResults: boolean;
  readonly resultsCompared: ResultsCompared;
}

export interface StopMessage {
  readonly type: 'stop';
}

export type ToHost =
  | StartMessage
  | { readonly type: 'trial'; readonly spec: TrialSpec }
  /** Runs the trial's tasks unrecorded until the aim is reached. */
  | { readonly type: 'warm-up'; readonly spec: TrialSpec; readonly aim: WarmUpAim }
  /** Asks for results of the latest trial that was digested, before another one has begun. */
  | { readonly type: 'results'; readonly indexes: readonly number[] }
  | StopMessage;

export type FromHost =
  /** The process is up; unasked. */
  | { readonly type: 'booted' }
  /** Answers `start`. `startupMs` is the executor's own: its workers started and the workload open in each. */
  | { readonly type: 'started'; readonly startupMs: number }
  /** Answers `trial`. */
  | { readonly type: 'measured'; readonly output: TrialOutput }
  /** Answers `warm-up`. */
  | { readonly type: 'warmed-up'; readonly result: WarmedUp }
  /** Answers `results`: as many of them, in their order, as are held and fit into a message. */
  | { readonly type: 'results'; readonly results: readonly ShownResult[] }
  /** Answers any of them: the executor is of no more use, or never was. Fields of errors do not survive the channel. */
  | { readonly type: 'fault'; readonly loss: Loss };
