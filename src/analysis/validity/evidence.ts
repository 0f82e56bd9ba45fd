import type {
  DigestMismatch,
  ExecutorResult,
  Machine,
  MachineLoad,
  MeasuredTrial,
  ScenarioResult,
  TrialResult,
} from '../../schema/index.js';

/** All that is known of a scenario when its figures are judged. */
export interface Evidence
  extends Pick<ScenarioResult, 'scenario' | 'executors' | 'stoppedBy' | 'steadiness' | 'comparisons'> {
  readonly mismatches: readonly DigestMismatch[];
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
