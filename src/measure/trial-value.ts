import type {
  ExecutorResult,
  MeasuredTrial,
  Predicate,
  PredicateMetric,
  Scenario,
  TimesHistogram,
} from '../schema/index.js';
import { PERCENTILES } from '../stats/objective-samples.js';
import { rankOf, samplesFor } from '../stats/quantile.js';

/** An executor that a backlog grows in meets no objective: so far off, in logarithms. */
const OVERLOADED = -2;

/** What each round of a fork is worth of an executor; null: it was lost, or does not count. */
export function roundValues(result: ExecutorResult, scenario: Scenario, fork: number): (number | null)[] {
  const { warmup, rounds } = scenario.measurement;
  const isCold = warmup.kind === 'none';
  const own = result.trials.filter(trial => trial.fork === fork);
  return Array.from({ length: rounds }, (_, at) => {
    const trial = own.find(({ round, cold }) => (isCold ? cold : !cold && round === at + 1));
    return trial?.state === 'measured' ? trialValue(trial, result, scenario) : null;
  });
}

/**
 * What a trial is worth, as a logarithm: tasks per second; at a rate how far it is from its objective, 0 where that is met,
 * or without one whether it kept up. Null: it does not count.
 */
function trialValue(trial: MeasuredTrial, result: ExecutorResult, { load, slo }: Scenario): number | null {
  if (trial.faults.length > 0 || trial.outcomes.completed === 0) return null;
  if (load.kind !== 'rate') return Math.log(trial.tasksPerSecond);
  if (trial.arrivals?.overloaded === true) return OVERLOADED;
  const misses = slo.map(predicate => missOf(trial, result, predicate));
  const known = misses.filter(miss => miss !== null);
  // A part of the objective that nobody knows is none that is met.
  return known.length < misses.length ? null : Math.max(OVERLOADED, Math.min(0, ...known));
}

/** ln of what is wanted ÷ what is seen, below 0 where that is missed; null: there is nothing to see. */
function missOf(trial: MeasuredTrial, result: ExecutorResult, { metric, value }: Predicate): number | null {
  const { tasksPerSecond, outcomes } = trial;
  if (metric === 'throughput') return Math.log(tasksPerSecond / value);
  if (metric === 'failed') return outcomes.completed >= (1 - value) * outcomes.issued ? 0 : OVERLOADED;
  const latency = latencyOf(trial, result, metric);
  if (latency === Number.POSITIVE_INFINITY) return OVERLOADED;
  return latency === null || latency <= 0 ? null : Math.log(value / latency);
}

type LatencyMetric = Exclude<PredicateMetric, 'throughput' | 'failed'>;

/** Of the trial; a percentile that it has too few tasks for is that of all its executor's trials. Infinite: among the failed. */
function latencyOf(
  { latencyMs }: MeasuredTrial,
  result: ExecutorResult,
  metric: LatencyMetric,
): number | null {
  const { mean, p50, p90, p99, p999, max, count, failed = 0 } = latencyMs;
  const p = PERCENTILES[metric];
  if (p === undefined) return failed > 0 ? Number.POSITIVE_INFINITY : metric === 'mean' ? mean : max;
  if (rankOf(p, count + failed) > count) return Number.POSITIVE_INFINITY;
  const own = { p50, p90, p99, 'p99.9': p999 }[metric as 'p50' | 'p90' | 'p99' | 'p99.9'];
  return count < samplesFor(p) ? (pooledPercentile(result.histogram, p) ?? own) : own;
}

function pooledPercentile(histogram: TimesHistogram | null | undefined, p: number): number | null {
  if (histogram == null) return null;
  const { counts, upToMs } = histogram;
  const rank = rankOf(
    p,
    counts.reduce((sum, count) => sum + count, 0),
  );
  let seen = 0;
  const at = counts.findIndex(count => {
    seen += count;
    return seen >= rank;
  });
  return upToMs[at] ?? null;
}
