import type { ExecutorResult, MeasuredTrial, Predicate, Scenario } from '../schema/index.js';

/** An executor that a backlog grows in meets no objective: so far off, in logarithms. */
const OVERLOADED = -2;

/** What each round of a fork is worth of an executor; null: it was lost, or does not count. */
export function roundValues({ trials }: ExecutorResult, scenario: Scenario, fork: number): (number | null)[] {
  const { warmup, rounds } = scenario.measurement;
  const isCold = warmup.kind === 'none';
  const own = trials.filter(trial => trial.fork === fork);
  return Array.from({ length: rounds }, (_, at) => {
    const trial = own.find(({ round, cold }) => (isCold ? cold : !cold && round === at + 1));
    return trial?.state === 'measured' ? trialValue(trial, scenario) : null;
  });
}

/**
 * What a trial is worth, as a logarithm: tasks per second; at a rate how far it is from its objective, 0 where that is met,
 * or without one whether it kept up. Null: it does not count.
 */
function trialValue(trial: MeasuredTrial, { load, slo }: Scenario): number | null {
  if (trial.faults.length > 0 || trial.outcomes.completed === 0) return null;
  if (load.kind !== 'rate') return Math.log(trial.tasksPerSecond);
  if (trial.arrivals?.overloaded === true) return OVERLOADED;
  return Math.max(OVERLOADED, Math.min(0, ...slo.map(predicate => missOf(trial, predicate))));
}

/** ln of what is wanted ÷ what is seen, below 0 where that is missed. */
function missOf(
  { latencyMs, tasksPerSecond, outcomes }: MeasuredTrial,
  { metric, value }: Predicate,
): number {
  const { mean, p50, p90, p99, p999, max } = latencyMs;
  const seen = { mean, p50, p90, p99, 'p99.9': p999, max };
  if (metric === 'throughput') return Math.log(tasksPerSecond / value);
  if (metric === 'failed') return outcomes.completed >= (1 - value) * outcomes.issued ? 0 : OVERLOADED;
  const latency = seen[metric];
  return latency === null || latency <= 0 ? 0 : Math.log(value / latency);
}
