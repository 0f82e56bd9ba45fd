import { groupBy } from '../../group-by.js';
import type { ExecutorResult, Finding, Scenario } from '../../schema/index.js';
import { FORKS_FOR_INTERVAL, USUAL_FORKS } from '../../stats/comparison.js';
import { DRIFT_LEVEL, driftOf, type RoundValue } from '../../stats/drift.js';
import { SAMPLES_FOR_MEDIAN, SAMPLES_FOR_P99 } from '../../stats/quantile.js';
import { loadRulesOf } from '../load-rules.js';
import { halfWidthLogOf } from '../precision.js';
import { counted, type Evidence } from './evidence.js';
import { type Found, found } from './together.js';

export function forkFindings({
  executors,
  stoppedBy,
  scenario,
  comparisons,
  steadiness,
}: Evidence): Finding[] {
  const findings: Finding[] = [];
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const { measurement } = scenario;
  const budgetEnded = stoppedBy === 'budget';
  if (forks < FORKS_FOR_INTERVAL) {
    const values = { forks, needed: FORKS_FOR_INTERVAL, budgetEnded };
    findings.push({ code: 'too-few-forks', severity: 'weak', subjects: [], values });
  } else if (forks < USUAL_FORKS) {
    const usual = Math.max(measurement.forks ?? measurement.minForks, USUAL_FORKS);
    const values = { forks, usual, budgetEnded };
    findings.push({ code: 'few-forks', severity: 'weak', subjects: [], values });
  }
  // Where nobody was to be warm, cold trials are what was planned.
  const isWarm = steadiness.state === 'steady' || steadiness.state === 'as asked';
  const once = executors.filter(executor => isWarm && executor.coldOnly).map(executor => executor.variant.id);
  if (once.length > 0) findings.push({ code: 'once-a-fork', severity: 'weak', subjects: once, values: {} });
  if (budgetEnded && forks >= FORKS_FOR_INTERVAL && forks < measurement.minForks) {
    const { budgetMs, precision } = measurement;
    const isWide = comparisons.some(comparison => (halfWidthLogOf(comparison) ?? 0) > Math.log1p(precision));
    const values = { budgetMs, wantedPrecision: precision };
    if (isWide) findings.push({ code: 'budget-ended', severity: 'weak', subjects: [], values });
  }
  return findings;
}

/** Too few tasks for what the times are to say. */
export function sampleFindings(executors: readonly ExecutorResult[], scenario: Scenario): Finding[] {
  const timed = executors.filter(
    ({ latencyMs, arrivals }) => latencyMs.count > 0 && arrivals?.overloaded !== true,
  );
  const few = timed.filter(({ latencyMs }) => latencyMs.count < SAMPLES_FOR_MEDIAN);
  if (few.length > 0) {
    const tasks = Math.min(...few.map(({ latencyMs }) => latencyMs.count));
    const values = { tasks, needed: SAMPLES_FOR_MEDIAN };
    return [{ code: 'too-few-tasks', severity: 'weak', subjects: idsOf(few), values }];
  }
  if (loadRulesOf(scenario).compared !== 'latency') return [];
  const withoutP99 = timed.filter(({ latency }) => latency?.p99 == null);
  if (withoutP99.length === 0) return [];
  const values = { neededInFork: SAMPLES_FOR_P99 };
  return [{ code: 'too-few-for-p99', severity: 'weak', subjects: idsOf(withoutP99), values }];
}

function idsOf(executors: readonly ExecutorResult[]): string[] {
  return executors.map(({ variant: { id } }) => id);
}

/** Below this a slope is the rounding of equal figures. */
const SMALLEST_DRIFT_PERCENT = 0.1;

/**
 * Drift of any executor is one question of a scenario: with a level of its own for each, six that are steady would raise an
 * alarm in six scenarios of a hundred. Hence Bonferroni's share for each.
 */
export function driftFindings(executors: readonly ExecutorResult[]): Found[] {
  const level = DRIFT_LEVEL / Math.max(1, executors.length);
  return executors.flatMap((executor): Found[] => {
    const drift = driftOf(throughputsByFork(executor), level);
    if (drift === null || !drift.shown) return [];
    const { percentPerRound } = drift;
    const size = Math.abs(percentPerRound);
    if (size < SMALLEST_DRIFT_PERCENT) return [];
    return [found('drift', 'weak', executor.variant.id, { percentPerRound }, size)];
  });
}

function throughputsByFork(executor: ExecutorResult): RoundValue[][] {
  const forks = groupBy(counted(executor), ({ fork }) => fork);
  return [...forks.values()].map(trials =>
    trials.map(({ round, tasksPerSecond }) => ({ round, value: tasksPerSecond })),
  );
}
