import type { ExecutorResult, Scenario, StopReason } from '../../schema/index.js';
import { FORKS_FOR_INTERVAL } from '../../stats/comparison.js';
import { DRIFT_LEVEL, driftOf, type RoundValue } from '../../stats/drift.js';
import { counted, type Evidence, percent } from './evidence.js';
import type { Finding } from './shared.js';

const WIDE_FORKS = 5;

export function forkReasons({ executors, stoppedBy, scenario, comparisons, steadiness }: Evidence): string[] {
  const reasons: string[] = [];
  const forks = Math.max(0, ...executors.map(executor => executor.forks));
  const { measurement } = scenario;
  const needed = measurement.forks ?? measurement.minForks;
  if (forks < FORKS_FOR_INTERVAL)
    reasons.push(`too few forks: ${forks}, an interval needs ${FORKS_FOR_INTERVAL}${moreTime(stoppedBy)}`);
  else if (forks < WIDE_FORKS)
    reasons.push(
      `few forks: ${forks}, so the intervals are wide; ${Math.max(needed, WIDE_FORKS)} are usual${moreTime(stoppedBy)}`,
    );
  // Where nobody was to be warm, cold trials are what was planned.
  const isWarm = steadiness.state === 'steady' || steadiness.state === 'as asked';
  const once = executors.filter(executor => isWarm && executor.coldOnly).map(executor => executor.id);
  if (once.length > 0)
    reasons.push(
      `once a fork: ${once.join(', ')} took so much of the budget that its cold trials are its only ones; a longer --budget gives it warm ones`,
    );
  if (stoppedBy === 'budget' && forks >= FORKS_FOR_INTERVAL) {
    const wide = comparisons.filter(
      c => c.low !== null && Math.log(c.high! / c.low) / 2 > Math.log1p(measurement.precision),
    );
    if (wide.length > 0 && forks < measurement.minForks)
      reasons.push(
        `the budget of ${measurement.budgetMs / 1000} s ended before the wanted precision of ${percent(measurement.precision)}`,
      );
  }
  return reasons;
}

function moreTime(stoppedBy: StopReason): string {
  return stoppedBy === 'budget' ? '; a longer --budget gives more' : '';
}

/** Ten on each side of the middle: with fewer not even a median is known. */
const FEWEST_TASKS = 20;

/** Too few tasks for what the times are to say. */
export function sampleReasons(executors: readonly ExecutorResult[], { load }: Scenario): string[] {
  const timed = executors.filter(
    ({ latencyMs, arrivals }) => latencyMs.count > 0 && arrivals?.overloaded !== true,
  );
  const few = timed.filter(({ latencyMs }) => latencyMs.count < FEWEST_TASKS);
  if (few.length > 0) {
    const fewest = Math.min(...few.map(({ latencyMs }) => latencyMs.count));
    return [
      `too few samples: ${fewest} tasks in all (${namesOf(few)}), a median needs ${FEWEST_TASKS}; ask for more tasks`,
    ];
  }
  const withoutP99 = timed.filter(({ latency }) => load.kind === 'rate' && latency?.p99 == null);
  if (withoutP99.length === 0) return [];
  return [
    `too few samples: p99 needs 1,000 tasks in each fork (${namesOf(withoutP99)}); ask for a longer --duration or more --rounds`,
  ];
}

function namesOf(executors: readonly ExecutorResult[]): string {
  return executors.map(({ id }) => id).join(', ');
}

/** Below this a slope is the rounding of equal figures. */
const SMALLEST_DRIFT_PERCENT = 0.1;

/**
 * Drift of any executor is one question of a scenario: with a level of its own for each, six that are steady would raise an
 * alarm in six scenarios of a hundred. Hence Bonferroni's share for each.
 */
export function driftFindings(executors: readonly ExecutorResult[]): Finding[] {
  const level = DRIFT_LEVEL / Math.max(1, executors.length);
  return executors.flatMap(executor => {
    const drift = driftOf(throughputsByFork(executor), level);
    if (drift === null || !drift.shown || Math.abs(drift.percentPerRound) < SMALLEST_DRIFT_PERCENT) return [];
    return [
      {
        rule: 'drift',
        executor: executor.id,
        size: Math.abs(drift.percentPerRound),
        say: ({ names, many, upTo }) =>
          `drift: ${names} ${many ? 'change' : 'changes'} by ${upTo}${drift.percentPerRound.toFixed(1)} % a round within a fork; more tasks or rounds let ${many ? 'them' : 'it'} settle`,
      },
    ];
  });
}

function throughputsByFork(executor: ExecutorResult): RoundValue[][] {
  const forks = new Map<number, RoundValue[]>();
  for (const { fork, round, throughputPerSecond } of counted(executor))
    forks.set(fork, [...(forks.get(fork) ?? []), { round, value: throughputPerSecond }]);
  return [...forks.values()];
}
