import type {
  Distribution,
  ExecutorForkResult,
  ExecutorVariant,
  HistogramData,
  MeasuredTrial,
  TrialHistograms,
  TrialResult,
} from '../schema/index.js';
import { LogHistogram } from '../stats/histogram.js';

/** All that the finished forks know of one executor. */
export interface ExecutorHistory {
  readonly variant: ExecutorVariant;
  /** Its cold trials count: it has no warm ones. */
  readonly coldOnly: boolean;
  readonly forks: readonly ExecutorForkResult[];
}

/** Measured, without faults, something completed: fit for a ratio. */
export function isUsable(trial: TrialResult): trial is MeasuredTrial {
  return trial.state === 'measured' && trial.faults.length === 0 && trial.outcomes.completed > 0;
}

/** The trials of a fork that count: the warm ones, or the cold one where there are no others. */
export function countedTrials(fork: ExecutorForkResult, coldOnly: boolean): MeasuredTrial[] {
  return fork.trials.filter(isUsable).filter(trial => trial.cold === coldOnly);
}

/** Those of all forks. */
export function allCounted({ forks, coldOnly }: ExecutorHistory): MeasuredTrial[] {
  return forks.flatMap(fork => countedTrials(fork, coldOnly));
}

/** The histograms of `countedTrials`. */
export function countedHistograms(fork: ExecutorForkResult, coldOnly: boolean): TrialHistograms[] {
  const measured = fork.trials.filter(trial => trial.state === 'measured');
  return measured.flatMap((trial, at) => {
    const histograms = fork.histograms[at];
    return isUsable(trial) && trial.cold === coldOnly && histograms !== undefined ? [histograms] : [];
  });
}

/** Percentiles over several trials together: an average of percentiles would be none. */
export function pooled(parts: readonly HistogramData[]): Distribution {
  return LogHistogram.fromData(...parts).distribution();
}
