import type { ExecutorResult, RatioOf, ScenarioResult } from '../../schema/index.js';
import { type Pair, ratioText, timesText } from '../pairs.js';
import { nameOf, rateText } from './labels.js';
import { loadOf } from './load.js';

/** What the ratios of a scenario are made of. */
export function comparedFigure({ scenario, comparisons }: ScenarioResult): RatioOf {
  return comparisons[0]?.of ?? (loadOf(scenario).compares === 'latency' ? 'p50 latency' : 'throughput');
}

/**
 * `queue is 1.9× [1.8, 2.0] the loop (limited)`; `queue's p99 at 500/s is 1.9× [1.8, 2.0] shorter than the loop's (limited)`.
 *
 * @param other whom it is ahead of
 * @param note what is said of that behind the figures: ` (limited)`
 */
export function isAhead(
  result: ScenarioResult,
  executor: ExecutorResult,
  pair: Pair,
  other: string,
  note = '',
): string {
  const figure = comparedFigure(result);
  if (figure === 'throughput') return `${nameOf(executor)} is ${timesText(pair)} ${other}${note}`;
  const [percentile] = figure.split(' ');
  const { perSecond } = loadOf(result.scenario);
  const at = perSecond === null ? '' : ` at ${rateText(perSecond)}`;
  return `${nameOf(executor)}'s ${percentile}${at} is ${timesText(pair)} shorter than ${other}'s${note}`;
}

/** `queue ÷ limited 0.99 [0.97, 1.01]`. */
export function quotientText(executor: ExecutorResult, other: ExecutorResult, pair: Pair): string {
  return `${nameOf(executor)} ÷ ${nameOf(other)} ${ratioText(pair)}`;
}

/** The same; of latencies the other way round, so that above 1 is better. */
export function ratioOfText(
  result: ScenarioResult,
  executor: ExecutorResult,
  other: ExecutorResult,
  pair: Pair,
): string {
  const figure = comparedFigure(result);
  if (figure === 'throughput') return quotientText(executor, other, pair);
  return `${figure} of ${quotientText(other, executor, pair)}`;
}
