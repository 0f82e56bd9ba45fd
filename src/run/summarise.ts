import type {
  Distribution,
  ExecutorResult,
  ExecutorVariant,
  LoopDelay,
  MeasuredTrial,
  Outcomes,
  Scenario,
  TaskAlone,
  TrialResult,
} from '../model.js';
import { type Confidence, estimateForks } from '../stats/comparison.js';
import { type HistogramData, LogHistogram } from '../stats/histogram.js';
import { countOutliers } from '../stats/outliers.js';
import { median } from '../stats/quantile.js';
import type { TrialHistograms } from '../trial/trial.js';
import type { ForkExecutor } from './fork.js';
import { idealOf } from './ideal.js';

/** All that the finished forks know of one executor. */
export interface ExecutorForks {
  readonly variant: ExecutorVariant;
  /** Its cold trials count: it has no warm ones. */
  readonly coldOnly: boolean;
  readonly forks: readonly ForkExecutor[];
}

/** Measured, without faults, something completed: fit for a ratio. */
export function isUsable(trial: TrialResult): trial is MeasuredTrial {
  return trial.state === 'measured' && trial.faults.length === 0 && trial.outcomes.completed > 0;
}

/** The trials of a fork that count: the warm ones, or the cold one where there are no others. */
export function countedTrials(fork: ForkExecutor, coldOnly: boolean): MeasuredTrial[] {
  return fork.trials.filter(isUsable).filter(trial => trial.cold === coldOnly);
}

/** Everything the report says of one executor. Pure. */
export function summariseExecutor(
  scenario: Scenario,
  executor: ExecutorForks,
  alone: TaskAlone | null,
  availableCores: number,
  confidence: Confidence,
): ExecutorResult {
  const { variant, coldOnly, forks } = executor;
  const all = forks.flatMap(fork => fork.trials);
  const byFork = forks.map(fork => countedTrials(fork, coldOnly));
  const counted = byFork.flat();
  const cold = all.filter(trial => trial.cold).filter(isUsable);
  const logs = (of: (trial: MeasuredTrial) => number) =>
    byFork.map(trials => trials.map(t => Math.log(of(t))));
  const throughputPerSecond = estimateForks(
    logs(trial => trial.throughputPerSecond),
    confidence,
  );
  const medianOf = (of: (trial: MeasuredTrial) => number | null) =>
    median(counted.map(of).filter(value => value !== null));
  const peak = (of: (trial: MeasuredTrial) => number | null) => {
    const values = counted.map(of).filter(value => value !== null);
    return values.length === 0 ? null : Math.max(...values);
  };
  const { id, name, kind, options, threads, inFlight, axis } = variant;
  const originCores = median(counted.map(trial => originCoresOf(trial))) ?? 0;
  return {
    id,
    name,
    kind,
    options,
    threads,
    inFlight,
    axis,
    forks: byFork.filter(trials => trials.length > 0).length,
    rounds: counted.length,
    coldOnly,
    startupMs: median(forks.map(fork => fork.startupMs).filter(ms => ms !== null)),
    coldWallMs: median(cold.map(trial => trial.wallMs)),
    throughputPerSecond,
    wallMs: estimateForks(
      logs(trial => trial.wallMs),
      confidence,
    ),
    latencyMs: pooled(executor, histograms => histograms.latencyMs),
    waitMs: pooled(executor, histograms => histograms.waitMs),
    serviceMs: pooled(executor, histograms => histograms.serviceMs),
    deliveryMs: pooled(executor, histograms => histograms.deliveryMs),
    firstResultMs: medianOf(trial => trial.firstResultMs),
    lastResultMs: medianOf(trial => trial.lastResultMs),
    cpuMsPerTask: medianOf(trial => trial.cpuMsPerTask),
    coresUsed: medianOf(trial => trial.coresUsed),
    peakRssBytes: peak(trial => trial.peakRssBytes),
    idleRssBytes: medianOf(trial => trial.idleRssBytes),
    pssBytes: peak(trial => trial.pssBytes),
    loop: loopOf(counted),
    ideal: idealOf(scenario, variant, alone, availableCores - originCores, throughputPerSecond.median),
    arrivals: null,
    latency: null,
    slo: [],
    outcomes: totalOutcomes(all.filter(trial => trial.state === 'measured')),
    outlierTrials: countOutliers(counted.map(trial => trial.wallMs)),
    lostTrials: all.filter(trial => trial.state === 'lost').length,
    trials: all,
  };
}

/** Percentiles over all counted trials together: an average of percentiles would be none. */
function pooled(executor: ExecutorForks, of: (histograms: TrialHistograms) => HistogramData): Distribution {
  const histogram = new LogHistogram();
  for (const fork of executor.forks) {
    const measured = fork.trials.filter(trial => trial.state === 'measured');
    measured.forEach((trial, at) => {
      const histograms = fork.histograms[at];
      if (trial.cold === executor.coldOnly && histograms !== undefined)
        histogram.merge(LogHistogram.fromData(of(histograms)));
    });
  }
  return histogram.distribution();
}

function loopOf(trials: readonly MeasuredTrial[]): LoopDelay | null {
  if (trials.length === 0) return null;
  const middle = (of: (loop: LoopDelay) => number | null) =>
    median(trials.map(trial => of(trial.loop)).filter(value => value !== null));
  return {
    utilization: middle(loop => loop.utilization) ?? 0,
    meanWaitMs: middle(loop => loop.meanWaitMs) ?? 0,
    p50Ms: middle(loop => loop.p50Ms),
    p99Ms: middle(loop => loop.p99Ms),
    maxMs: Math.max(...trials.map(trial => trial.loop.maxMs ?? 0)),
  };
}

function totalOutcomes(trials: readonly MeasuredTrial[]): Outcomes {
  const failed: Record<string, number> = {};
  let issued = 0;
  let completed = 0;
  let cancelled = 0;
  for (const { outcomes } of trials) {
    issued += outcomes.issued;
    completed += outcomes.completed;
    cancelled += outcomes.cancelled;
    for (const [kind, count] of Object.entries(outcomes.failed)) failed[kind] = (failed[kind] ?? 0) + count;
  }
  return { issued, completed, cancelled, failed };
}

function originCoresOf(trial: MeasuredTrial): number {
  return trial.origin === null || trial.wallMs === 0 ? 0 : trial.origin.cpuMs / trial.wallMs;
}
