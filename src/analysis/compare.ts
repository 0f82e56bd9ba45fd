import type { Comparison, RatioOf } from '../schema/index.js';
import { type Confidence, compareForks, type ForkComparison, inverse } from '../stats/comparison.js';
import { forkPercentiles } from '../stats/fork-percentiles.js';
import { RATIO_STEP_LOG } from '../stats/histogram.js';
import { alphaFor, findWinner, leaderOf, significantAmong, verdictOf } from '../stats/verdict.js';
import { countedHistograms, countedTrials, type ExecutorHistory, isUsable } from './history.js';

export interface Comparisons {
  /** Every pair once: the others against the baseline, the rest against the leader, then who is left. */
  readonly comparisons: readonly Comparison[];
  readonly winner: string | null;
  /** The id with the largest ratio to the baseline. */
  readonly leader: string;
  /** Trials that do not count, so that the pairs of their rounds are missing. */
  readonly droppedTrials: number;
}

export interface ComparisonRequest {
  readonly baseline: string;
  readonly confidence: Confidence;
  readonly of: RatioOf;
  /** The share within which two are equal; null: that is not asked. */
  readonly equivalence: number | null;
  /** Ids that have no latency worth comparing. */
  readonly overloaded: ReadonlySet<string>;
}

/**
 * The ratios of a scenario's executors, from trials of the same rounds. Pure.
 *
 * Holm's correction is over *all* pairs: which of them a report makes its headline of (the leader's, the best loop's and
 * the best pool's) is decided by the data, so any pair may be the one. A family for the baseline and another for the
 * leader made some false claim in 10 to 15 % of experiments with 6 to 12 equal executors. It costs power only where
 * differences are near the noise: Holm's divisor shrinks with each pair that is shown (a slow baseline's at once).
 */
export function compareExecutors(
  executors: readonly ExecutorHistory[],
  asked: ComparisonRequest,
): Comparisons {
  const { baseline, confidence, equivalence } = asked;
  const ids = executors.map(executor => executor.variant.id);
  const alpha = alphaFor(confidence);
  const compare = comparer(executors, asked);
  const measured = executors.filter(executor => hasRatio(executor, asked)).map(({ variant }) => variant.id);
  const leader = leaderOf(measured, baseline, compare) ?? baseline;
  const pairs = allPairs(ids, baseline, leader);
  const found = pairs.map(([id, other]) => compare(id, other));
  const significant = significantAmong(found, alpha);
  const trials = executors.flatMap(({ forks }) => forks).flatMap(fork => fork.trials);
  return {
    comparisons: pairs.map((pair, at) => comparisonOf(pair, found[at]!, significant[at]!, asked)),
    winner: findWinner(measured, baseline, compare, alpha, equivalence),
    leader,
    droppedTrials: trials.filter(trial => !isUsable(trial)).length,
  };
}

type IdPair = readonly [executor: string, other: string];

/** Each once: everybody against the baseline, the rest against the leader, and who is left in the order of the plan. */
function allPairs(ids: readonly string[], baseline: string, leader: string): IdPair[] {
  const rivals = ids.filter(id => id !== baseline);
  const others = rivals.filter(id => id !== leader);
  const rest = others.flatMap((other, at) => others.slice(at + 1).map((id): IdPair => [id, other]));
  const against = (other: string, those: readonly string[]) => those.map((id): IdPair => [id, other]);
  return [...against(baseline, rivals), ...(leader === baseline ? [] : against(leader, others)), ...rest];
}

/** Computes a pair once, whichever way round it is asked for: with 40 variants there are 780. */
function comparer(
  executors: readonly ExecutorHistory[],
  asked: ComparisonRequest,
): (id: string, other: string) => ForkComparison {
  const logRatios = logRatiosOf(executors, asked);
  // Two percentiles, each known to half a step of its histogram.
  const stepLog = asked.of === 'throughput' ? 0 : RATIO_STEP_LOG;
  const known = new Map<string, ForkComparison>();
  return (id, other) => {
    const key = JSON.stringify([id, other]);
    const reversed = known.get(JSON.stringify([other, id]));
    const found =
      known.get(key) ??
      (reversed === undefined
        ? compareForks(logRatios(id, other), asked.confidence, stepLog)
        : { ...inverse(reversed), forkLogRatios: reversed.forkLogRatios.map(value => -value) });
    known.set(key, found);
    return found;
  };
}

/** Values of one executor by fork and round; of latency one value a fork. */
type LogValues = readonly ReadonlyMap<number, number>[];

/** ln(executor ÷ other) by fork and round, above 0 where the executor is better. What an executor has is computed once, however many pairs it is in. */
function logRatiosOf(
  executors: readonly ExecutorHistory[],
  asked: ComparisonRequest,
): (id: string, other: string) => number[][] {
  const byId = new Map(executors.map(executor => [executor.variant.id, executor]));
  const known = new Map<string, LogValues>();
  const valuesOf = (id: string, cold: boolean): LogValues => {
    const key = `${cold} ${id}`;
    const values = known.get(key) ?? logValuesOf(byId.get(id)!, cold, asked);
    known.set(key, values);
    return values;
  };
  return (id, other) => {
    // Who has cold trials only is compared with the other's cold ones: they are of the same round.
    const cold = byId.get(id)!.coldOnly || byId.get(other)!.coldOnly;
    const others = valuesOf(other, cold);
    return valuesOf(id, cold).map((fork, at) =>
      [...fork].flatMap(([round, value]) => {
        const otherValue = others[at]?.get(round);
        if (otherValue === undefined) return [];
        // Among failed tasks a percentile has no time, and so no ratio.
        return Number.isFinite(value - otherValue) ? [value - otherValue] : [];
      }),
    );
  };
}

/** ln(throughput) of the rounds that count; or −ln(percentile) of each fork whose pooled trials have the samples for it. */
function logValuesOf(
  executor: ExecutorHistory,
  cold: boolean,
  { of, overloaded }: ComparisonRequest,
): LogValues {
  const { forks, variant } = executor;
  if (of === 'throughput')
    return forks.map(
      fork => new Map(countedTrials(fork, cold).map(trial => [trial.round, Math.log(trial.tasksPerSecond)])),
    );
  if (overloaded.has(variant.id)) return [];
  const latencies = forks.map(fork => countedHistograms(fork, cold).map(histograms => histograms.latencyMs));
  const percentiles = forkPercentiles(latencies, of === 'p99 latency' ? 0.99 : 0.5);
  return percentiles.map(value => new Map(value === null ? [] : [[0, -Math.log(value)]]));
}

/** Whether a claim to be fastest must be about this one too. */
function hasRatio(executor: ExecutorHistory, asked: ComparisonRequest): boolean {
  return logValuesOf(executor, executor.coldOnly, asked).some(fork => fork.size > 0);
}

function comparisonOf(
  [executor, baseline]: IdPair,
  comparison: ForkComparison,
  significant: boolean,
  { of, equivalence }: ComparisonRequest,
): Comparison {
  const { equalWithinLog: _, halfWidthLog: __, ...figures } = comparison;
  const verdict = verdictOf(comparison, significant, equivalence);
  return { executor, baseline, of, ...figures, significant, equivalence, verdict };
}
