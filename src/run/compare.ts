import type { Comparison, RatioOf } from '../model.js';
import { type Confidence, compareForks, type ForkComparison } from '../stats/comparison.js';
import { forkPercentiles } from '../stats/fork-percentiles.js';
import { alphaFor, findWinner, significantAmong, verdictOf } from '../stats/verdict.js';
import type { ForkExecutor } from './fork.js';
import { countedHistograms, countedTrials, type ExecutorForks, isUsable } from './summarise.js';

export interface Comparisons {
  /** Every executor against the baseline, then every other against the leader. */
  readonly comparisons: readonly Comparison[];
  readonly winner: string | null;
  /** Trials that do not count, so that the pairs of their rounds are missing. */
  readonly droppedTrials: number;
}

export interface ComparisonAsked {
  readonly baseline: string;
  readonly confidence: Confidence;
  readonly of: RatioOf;
  /** The share within which two are equal; null: that is not asked. */
  readonly equivalence: number | null;
  /** Ids that have no latency worth comparing. */
  readonly overloaded: ReadonlySet<string>;
}

/** The ratios of a scenario's executors, from trials of the same rounds. Pure. */
export function compareExecutors(executors: readonly ExecutorForks[], asked: ComparisonAsked): Comparisons {
  const { baseline, confidence, equivalence } = asked;
  const byId = new Map(executors.map(executor => [executor.variant.id, executor]));
  const ratio = (executor: string, other: string): ForkComparison =>
    compareForks(logRatios(byId.get(executor)!, byId.get(other)!, asked), confidence);
  const ids = executors.map(executor => executor.variant.id);
  const measured = ids.filter(id => ratio(id, id).forks > 0);
  const alpha = alphaFor(confidence);
  const listed = (other: string) => {
    const rivals = ids.filter(id => id !== other);
    const ratios = rivals.map(id => ratio(id, other));
    const significant = significantAmong(ratios, alpha);
    return rivals.map((id, at) => comparisonOf([id, other], ratios[at]!, significant[at]!, asked));
  };
  const againstBaseline = listed(baseline);
  const leader = measured.length < 2 ? baseline : leaderOf(againstBaseline, baseline);
  const againstLeader = leader === baseline ? [] : listed(leader).filter(c => c.executor !== baseline);
  return {
    comparisons: [...againstBaseline, ...againstLeader],
    winner: findWinner(measured, baseline, ratio, alpha, equivalence),
    droppedTrials: executors.reduce((sum, executor) => sum + droppedOf(executor), 0),
  };
}

function logRatios(executor: ExecutorForks, other: ExecutorForks, asked: ComparisonAsked): number[][] {
  if (asked.of === 'throughput') return throughputRatios(executor, other);
  const ids = [executor.variant.id, other.variant.id];
  if (ids.some(id => asked.overloaded.has(id))) return [];
  return latencyRatios(executor, other, asked.of === 'p99 latency' ? 0.99 : 0.5);
}

/** ln(throughput ÷ throughput) by fork and round; only rounds in which both have a trial that counts. */
function throughputRatios(executor: ExecutorForks, other: ExecutorForks): number[][] {
  // Who has cold trials only is compared with the other's cold ones: they are of the same round.
  const cold = executor.coldOnly || other.coldOnly;
  return executor.forks.map((fork, at) => {
    const otherFork = other.forks[at];
    if (otherFork === undefined) return [];
    const others = throughputByRound(otherFork, cold);
    return [...throughputByRound(fork, cold)].flatMap(([round, throughput]) => {
      const otherThroughput = others.get(round);
      return otherThroughput === undefined ? [] : [Math.log(throughput / otherThroughput)];
    });
  });
}

/** ln(the other's ÷ the executor's percentile), one for each fork whose pooled trials have the samples in both. */
function latencyRatios(executor: ExecutorForks, other: ExecutorForks, p: number): number[][] {
  const cold = executor.coldOnly || other.coldOnly;
  const percentiles = ({ forks }: ExecutorForks) =>
    forkPercentiles(
      forks.map(fork => countedHistograms(fork, cold).map(histograms => histograms.latencyMs)),
      p,
    );
  const others = percentiles(other);
  return percentiles(executor).map((value, at) => {
    const otherValue = others[at] ?? null;
    if (value === null || otherValue === null) return [];
    // Among failed tasks it has no time, and so no ratio.
    const log = Math.log(otherValue / value);
    return Number.isFinite(log) ? [log] : [];
  });
}

function throughputByRound(fork: ForkExecutor, cold: boolean): Map<number, number> {
  return new Map(countedTrials(fork, cold).map(trial => [trial.round, trial.throughputPerSecond]));
}

function droppedOf(executor: ExecutorForks): number {
  return executor.forks.flatMap(fork => fork.trials).filter(trial => !isUsable(trial)).length;
}

function leaderOf(againstBaseline: readonly Comparison[], baseline: string): string {
  let leader = baseline;
  let best = 1;
  for (const { executor, ratio } of againstBaseline) {
    if (ratio === null || ratio <= best) continue;
    leader = executor;
    best = ratio;
  }
  return leader;
}

function comparisonOf(
  [executor, baseline]: readonly [string, string],
  comparison: ForkComparison,
  significant: boolean,
  { of, equivalence }: ComparisonAsked,
): Comparison {
  const { ratio, low, high, range, forks, p, forkLogRatios } = comparison;
  return {
    executor,
    baseline,
    of,
    ratio,
    low,
    high,
    range,
    forks,
    p,
    significant,
    equivalence,
    verdict: verdictOf(comparison, significant, equivalence),
    forkLogRatios,
  };
}
