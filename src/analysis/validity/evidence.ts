import type { MachineLoad } from '../../hosts/machine-load.js';
import type {
  Comparison,
  ExecutorResult,
  MeasuredTrial,
  Scenario,
  Steadiness,
  StopReason,
  TrialResult,
} from '../../schema/index.js';

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

/** What a machine is, as far as it decides what figures are worth. */
export interface MachineFacts {
  /** Cores that the run may use. */
  readonly cores: number;
  /** Of libuv's pool. */
  readonly uvThreads: number;
  readonly clockResolutionNs: number;
}

export interface Machine extends MachineFacts {
  /** Mean over the minute before the scenario. */
  readonly loadAverageAtStart: number;
}

/** All that is known of a scenario when its figures are judged. */
export interface Evidence {
  readonly scenario: Scenario;
  readonly executors: readonly ExecutorResult[];
  readonly mismatches: readonly DigestMismatch[];
  readonly stoppedBy: StopReason;
  readonly steadiness: Steadiness;
  readonly comparisons: readonly Comparison[];
  readonly machine: Machine;
  /** What others took of the machine meanwhile; null where the system does not tell. */
  readonly load: MachineLoad | null;
}

/** The trials that an executor's figures are made of. */
export function counted({ trials, coldOnly }: Pick<ExecutorResult, 'trials' | 'coldOnly'>): MeasuredTrial[] {
  return measured(trials).filter(trial => trial.cold === coldOnly);
}

export function measured(trials: readonly TrialResult[]): MeasuredTrial[] {
  return trials.filter(trial => trial.state === 'measured');
}
