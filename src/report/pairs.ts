import type { Comparison, ExecutorResult, ScenarioResult } from '../schema/index.js';
import { inverse } from '../stats/comparison.js';
import { nonZero, ratioDecimals, ratioInterval } from './format.js';
import { loadOf } from './words/load.js';

/**
 * One executor against another: above 1 is better, of throughputs and of latencies. Without forks they were not compared
 * directly: the ratio is made of the two with the baseline.
 */
export interface Pair extends Pick<Comparison, 'low' | 'high' | 'range' | 'forks' | 'significant'> {
  readonly ratio: number;
  /** The share within which the two are equal; null: that was not asked, or is not so. */
  readonly equalWithin: number | null;
}

/** Threads that gain less than this are not worth having: they cost memory and start-up. */
export const WORTHWHILE = 1.05;

/** As measured within rounds: listed so, or the other way round. Else through the baseline, without an interval. */
export function pairOf(result: ScenarioResult, executor: string, other: string): Pair | null {
  const measured = findPair(result.comparisons, executor, other);
  if (measured !== null) return measured;
  const [ratio, otherRatio] = [strengthOf(result, executor), strengthOf(result, other)];
  if (ratio === null || otherRatio === null) return null;
  const unknown = { low: null, high: null, range: null, forks: 0, significant: false, equalWithin: null };
  return { ratio: ratio / otherRatio, ...unknown };
}

/** As measured within rounds, listed so or the other way round; null: it is not listed. */
export function findPair(comparisons: readonly Comparison[], executor: string, other: string): Pair | null {
  const listed = find(comparisons, executor, other);
  if (listed !== undefined) return pairFrom(listed);
  const reversed = find(comparisons, other, executor);
  return reversed === undefined ? null : inverse(pairFrom(reversed));
}

function find(
  comparisons: readonly Comparison[],
  executor: string,
  baseline: string,
): Comparison | undefined {
  return comparisons.find(c => c.executor === executor && c.baseline === baseline && c.ratio !== null);
}

function pairFrom({ ratio, low, high, range, forks, significant, verdict, equivalence }: Comparison): Pair {
  const equalWithin = verdict === 'equal' ? equivalence : null;
  return { ratio: ratio!, low, high, range, forks, significant, equalWithin };
}

/** Ratio to the scenario's baseline, 1 for itself; null where there is none. */
export function strengthOf(result: ScenarioResult, executor: string): number | null {
  if (executor === result.baseline) return 1;
  return find(result.comparisons, executor, result.baseline)?.ratio ?? null;
}

/** It has workers: threads or processes. All others are loops. */
export function isPool({ variant }: ExecutorResult): boolean {
  return variant.capabilities.workers;
}

/** The first of each kind: of a ranking the best. */
export function firstOfKinds(executors: readonly ExecutorResult[]) {
  return { loop: executors.find(one => !isPool(one)), pool: executors.find(isPool) };
}

export function isMeasured({ tasksPerSecond }: ExecutorResult): boolean {
  return tasksPerSecond.median !== null && tasksPerSecond.median > 0;
}

/** Its own figures must not be believed: it takes part in no comparison. */
export function isInvalid({ validity }: ExecutorResult): boolean {
  return validity === 'INVALID';
}

/** Executors of a scenario, each INVALID where the scenario is: results that differ are of no executor by itself. */
export function judgedExecutors({ validity, executors }: ScenarioResult): readonly ExecutorResult[] {
  return validity === 'INVALID' ? executors.map(executor => ({ ...executor, validity })) : executors;
}

/** Tasks that failed by one of these kinds. */
export function failedBy({ outcomes }: ExecutorResult, kinds: readonly string[]): number {
  return kinds.reduce((sum, kind) => sum + (outcomes.failed[kind] ?? 0), 0);
}

/** Of the executor that has most. */
export function forksOf({ executors }: ScenarioResult): number {
  return Math.max(0, ...executors.map(({ forks }) => forks));
}

/** It did not keep up with the rate at which tasks came. */
export function isOverloaded({ arrivals }: ExecutorResult): boolean {
  return arrivals?.overloaded === true;
}

/**
 * Measured executors that are not INVALID, the best first: by their ratios within rounds where all have one, so that the order agrees with
 * the comparisons; else by what the ratios are made of. Those that are overloaded come last.
 */
export function ranking(result: ScenarioResult): ExecutorResult[] {
  const measured = result.executors.filter(executor => isMeasured(executor) && !isInvalid(executor));
  const kept = measured.filter(executor => !isOverloaded(executor));
  const byRatio = kept.every(({ variant: { id } }) => strengthOf(result, id) !== null);
  const strength = (executor: ExecutorResult) => {
    if (byRatio) return strengthOf(result, executor.variant.id)!;
    return loadOf(result.scenario).compares === 'latency'
      ? 1 / (executor.latencyMs.p50 ?? Infinity)
      : executor.tasksPerSecond.median!;
  };
  const overloaded = measured.filter(isOverloaded);
  return [
    ...kept.sort((a, b) => strength(b) - strength(a)),
    ...overloaded.sort((a, b) => b.tasksPerSecond.median! - a.tasksPerSecond.median!),
  ];
}

/** `1.93× [1.83, 2.02]`. Without an interval the range of the forks; without forks `about 1.9×`. */
export function timesText(pair: Pair): string {
  return textWithUnit(pair, '×');
}

/** `0.99 [0.97, 1.01]`, for after `queue ÷ limited`. */
export function ratioText(pair: Pair): string {
  return textWithUnit(pair, '');
}

function textWithUnit({ ratio, low, high, range, forks }: Pair, unit: string): string {
  if (low !== null && high !== null) {
    const { value, interval } = ratioInterval(ratio, low, high);
    return `${value}${unit} ${interval}`;
  }
  const decimals = ratioDecimals(ratio);
  if (range === null || forks < 2) return `${forks === 0 ? 'about ' : ''}${nonZero(ratio, decimals)}${unit}`;
  const [from, to] = range.map(one => nonZero(one, decimals));
  return from === to ? `${from}${unit}` : `${from} to ${to}${unit}`;
}
