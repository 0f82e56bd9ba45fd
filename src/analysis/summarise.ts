import type {
  Estimate,
  ExecutorResult,
  LatencyEstimates,
  LatencyPercentile,
  LoopDelay,
  MeasuredTrial,
  Outcomes,
  Scenario,
  TimesHistogram,
  TrialHistograms,
} from '../schema/index.js';
import { withoutUnknown } from '../stats/clock-error.js';
import { type Confidence, estimateForks } from '../stats/comparison.js';
import { estimatePercentile, isAmongFailed } from '../stats/fork-percentiles.js';
import { LogHistogram } from '../stats/histogram.js';
import { median, medianOfKnown } from '../stats/quantile.js';
import { isStillFalling } from '../stats/settling.js';
import { summariseArrivals } from './arrivals.js';
import { countedHistograms, countedTrials, type ExecutorHistory, isUsable, pooled } from './history.js';
import { idealOf, type Resources, type TaskProfile } from './ideal.js';
import { batchMsOf, type LoadRules, loadRulesOf } from './load-rules.js';
import { judgeObjective } from './objectives.js';
import { warmUpCostOf } from './warm-up-cost.js';

/** What is known besides an executor's own trials. */
export interface SummarySetting {
  readonly alone: TaskProfile | null;
  readonly resources: Resources;
  readonly confidence: Confidence;
  /** Tasks after which a loop's code no longer changed; null where nobody looked. */
  readonly settledTasks: number | null;
}

/** Cold ÷ warm of the time that the load does not fix. */
function coldSlowdown(
  { timeMs }: LoadRules,
  cold: readonly MeasuredTrial[],
  warm: readonly MeasuredTrial[],
): number | null {
  const [coldMs, warmMs] = [cold, warm].map(trials => medianOfKnown(trials.map(timeMs)));
  return coldMs == null || warmMs == null || warmMs <= 0 ? null : coldMs / warmMs;
}

/** Everything the report says of one executor. Pure. */
export function summariseExecutor(
  scenario: Scenario,
  executor: ExecutorHistory,
  { alone, resources, confidence, settledTasks }: SummarySetting,
): ExecutorResult {
  const { variant, coldOnly, forks } = executor;
  const rules = loadRulesOf(scenario);
  const histograms = forks.map(fork => countedHistograms(fork, coldOnly));
  const times = histograms.flat();
  const all = forks.flatMap(fork => fork.trials);
  const byFork = forks.map(fork => countedTrials(fork, coldOnly));
  const counted = byFork.flat();
  const cold = all.filter(trial => trial.cold).filter(isUsable);
  const estimate = (of: (trial: MeasuredTrial) => number): Estimate =>
    estimateForks(
      byFork.map(trials => trials.map(trial => Math.log(of(trial)))),
      confidence,
    );
  const tasksPerSecond = estimate(trial => trial.tasksPerSecond);
  const originCores = median(counted.map(originCoresOf)) ?? 0;
  const left = { ...resources, cores: resources.cores - originCores };
  const outcomes = totalOutcomes(all.filter(trial => trial.state === 'measured'));
  const lateness = times.map(one => one.pacerLateMs);
  const arrivals = summariseArrivals(counted, lateness);
  const isOverloaded = arrivals?.overloaded === true;
  const latency = !rules.hasLatency || isOverloaded ? null : latencyEstimates(histograms, confidence);
  const typical = { ...typicalFigures(counted), loop: loopOf(counted, times) };
  const observed = { ...typical, tasksPerSecond: tasksPerSecond.median };
  return {
    variant,
    forks: byFork.filter(trials => trials.length > 0).length,
    // Judged beside the others: results that differ are not one executor's.
    validity: 'VALID',
    findings: [],
    rounds: counted.length,
    coldOnly,
    startupMs: medianOfKnown(forks.map(fork => fork.startupMs)),
    coldWallMs: rules.plannedTrialMs === null ? median(cold.map(batchMsOf)) : null,
    coldSlowdown: coldOnly || isOverloaded ? null : coldSlowdown(rules, cold, counted),
    warmUp: settledTasks === null ? null : warmUpCostOf(executor, settledTasks),
    tasksPerSecond,
    wallMs: estimate(batchMsOf),
    batches: median(counted.map(trial => trial.batches)) ?? 1,
    latencyMs: pooled(times.map(one => one.latencyMs)),
    waitMs: withoutUnknown(pooled(times.map(one => one.waitMs)), clockErrorOf(counted)),
    serviceMs: pooled(times.map(one => one.serviceMs)),
    histogram: histogramOf(rules, times),
    ...typical,
    ideal: idealOf(scenario, variant, alone, left, observed),
    arrivals,
    latency,
    slo: judgeObjective(scenario.slo, {
      latency,
      meanLatencyMs: estimate(trial => trial.latencyMs.mean ?? Number.NaN),
      maxLatencyMs: counted.length === 0 ? null : Math.max(...counted.map(trial => trial.latencyMs.max ?? 0)),
      latencyTasks: counted.reduce((sum, trial) => sum + trial.latencyMs.count, 0),
      tasksPerSecond,
      outcomes,
      withoutLatency: counted.reduce((sum, trial) => sum + (trial.latencyMs.failed ?? 0), 0),
    }),
    outcomes,
    cpuFalling: isStillFalling(byFork.map(trials => trials.map(trial => trial.cpuMsPerTask))),
    lostTrials: all.filter(trial => trial.state === 'lost').length,
    trace: forks.map(fork => fork.trace).find(trace => trace !== null) ?? null,
    trials: all,
  };
}

/** Of the time that the load makes a figure; null where nothing was measured. */
function histogramOf({ hasLatency }: LoadRules, times: readonly TrialHistograms[]): TimesHistogram | null {
  const all = LogHistogram.fromData(...times.map(one => (hasLatency ? one.latencyMs : one.serviceMs)));
  return all.count === 0 ? null : { of: hasLatency ? 'latency' : 'service', ...all.ends() };
}

/** Medians over trials; of memory the peak is the most of all. */
function typicalFigures(trials: readonly MeasuredTrial[]) {
  const medianOf = (of: (trial: MeasuredTrial) => number | null) => medianOfKnown(trials.map(of));
  const peak = (of: (trial: MeasuredTrial) => number | null) => {
    const values = trials.map(of).filter(value => value !== null);
    return values.length === 0 ? null : Math.max(...values);
  };
  return {
    firstResultMs: medianOf(trial => trial.firstResultMs),
    lastResultMs: medianOf(trial => trial.lastResultMs),
    cpuMsPerTask: medianOf(trial => trial.cpuMsPerTask),
    coresUsed: medianOf(trial => trial.coresUsed),
    memoryBytes: peak(trial => trial.memoryBytes),
    peakRssBytes: peak(trial => trial.peakRssBytes),
    idleRssBytes: medianOf(trial => trial.idleRssBytes),
    bareRssBytes: medianOf(trial => trial.bareRssBytes),
  };
}

const LATENCY_PERCENTILES: readonly (readonly [LatencyPercentile, number])[] = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p99', 0.99],
  ['p999', 0.999],
];

function latencyEstimates(
  histograms: readonly (readonly TrialHistograms[])[],
  confidence: Confidence,
): LatencyEstimates {
  const forks = histograms.map(fork => fork.map(times => times.latencyMs));
  const estimates = LATENCY_PERCENTILES.map(
    ([name, p]) => [name, estimatePercentile(forks, p, confidence)] as const,
  );
  const amongFailed = LATENCY_PERCENTILES.filter(([, p]) => isAmongFailed(forks, p)).map(([name]) => name);
  return {
    ...(Object.fromEntries(estimates) as Record<LatencyPercentile, Estimate | null>),
    ...(amongFailed.length > 0 ? { amongFailed } : {}),
  };
}

/** Waits of all probes together; the share that the loop was busy is the median over trials. */
function loopOf(trials: readonly MeasuredTrial[], histograms: readonly TrialHistograms[]): LoopDelay | null {
  if (trials.length === 0) return null;
  const { mean, p50, p99, max } = pooled(histograms.map(times => times.loopWaitMs));
  const utilization = medianOfKnown(trials.map(trial => trial.loop.utilization)) ?? 0;
  return { utilization, bystanderWaitMs: mean, p50Ms: p50, p99Ms: p99, maxMs: max };
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

/** Of trials whose workers have clocks of their own: the worst that one of them may be wrong by; null: nobody knows. */
function clockErrorOf(trials: readonly MeasuredTrial[]): number | null {
  const errors = trials.map(({ executions }) => executions?.clockErrorMs).filter(ms => ms !== undefined);
  return errors.includes(null) ? null : Math.max(0, ...errors.filter(ms => ms !== null));
}
