import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { isMeasured, isOverloaded, type Pair, pairOf, ratioText, timesText, WORTHWHILE } from '../pairs.js';
import { axisPart, listed, nameOf, variantLabel } from './labels.js';

/** Variants of one executor along a numeric axis: more of it costs memory, connections or a server's patience. */
export interface SmallestAsGood {
  readonly executor: ExecutorResult;
  /** The smaller one ÷ the best. */
  readonly pair: Pair;
}

/** Whether the two differ in nothing but their place on the same numeric axis. */
export function areAlongAxis(one: ExecutorResult, other: ExecutorResult): boolean {
  return (
    typeof one.variant.axis?.value === 'number' &&
    typeof other.variant.axis?.value === 'number' &&
    one.variant.axis.name === other.variant.axis.name &&
    one.variant.name === other.variant.name &&
    variantLabel(one) === variantLabel(other)
  );
}

/** The other variants along its axis that were measured, by their values. */
function alongAxis({ executors }: ScenarioResult, best: ExecutorResult): ExecutorResult[] {
  return executors
    .filter(one => one !== best && isMeasured(one) && !isOverloaded(one) && areAlongAxis(one, best))
    .sort((a, b) => placeValue(a) - placeValue(b));
}

function placeValue({ variant: { axis } }: ExecutorResult): number {
  return Number(axis?.value);
}

/**
 * The smallest setting that is not told apart from the best: from the best downwards, as far as no difference is shown.
 * (A lone small one, below others that are shown to be slower, was only measured badly.)
 *
 * @returns null where the best is told apart from the next smaller one, or is the smallest
 */
export function smallestAsGood(result: ScenarioResult, best: ExecutorResult): SmallestAsGood | null {
  let smallest: SmallestAsGood | null = null;
  for (const executor of alongAxis(result, best).toReversed()) {
    if (placeValue(executor) > placeValue(best)) continue;
    const pair = pairOf(result, executor.variant.id, best.variant.id);
    if (pair === null || pair.low === null || pair.significant) break;
    smallest = { executor, pair };
  }
  return smallest;
}

/** Whoever reads "use 4 threads" must know that 2 were not told apart from them, whatever else they differ in. */
function fewerThreads(result: ScenarioResult, best: ExecutorResult): SmallestAsGood | null {
  const fewer = result.executors
    .filter(one => one.variant.name === best.variant.name && one.variant.threads < best.variant.threads)
    .filter(one => isMeasured(one) && !isOverloaded(one))
    .sort((a, b) => a.variant.threads - b.variant.threads);
  for (const executor of fewer) {
    const pair = pairOf(result, executor.variant.id, best.variant.id);
    if (pair !== null && pair.forks > 0 && !pair.significant) return { executor, pair };
  }
  return null;
}

/** `in-flight=8 does as well: 0.99 [0.97, 1.01]`, for beside a headline that names the best; null where none does. */
export function smallestText(result: ScenarioResult, best: ExecutorResult): string | null {
  const smallest = smallestAsGood(result, best) ?? fewerThreads(result, best);
  if (smallest === null) return null;
  const { executor, pair } = smallest;
  if (executor.variant.threads < best.variant.threads || !doesAsWell(pair))
    return `no difference shown from ${placeOf(executor)}: ${ratioText(pair)}`;
  return `${placeOf(executor)} does as well: ${ratioText(pair)}`;
}

/** What there is to say where every executor is a variant of one along an axis; null where that is not so, or one is ahead of all. */
export function amongVariants(
  result: ScenarioResult,
  ranked: readonly ExecutorResult[],
): { readonly headline: string; readonly about: readonly ExecutorResult[] } | null {
  const [best, ...others] = ranked;
  if (best === undefined || !others.every(other => areAlongAxis(other, best))) return null;
  const smallest = smallestAsGood(result, best);
  if (smallest !== null) {
    const headline = `${asGoodText(smallest, best)}, the best: ${ratioText(smallest.pair)}`;
    return { headline, about: [smallest.executor, best] };
  }
  const tied = alongAxis(result, best).filter(
    one =>
      placeValue(one) > placeValue(best) &&
      pairOf(result, one.variant.id, best.variant.id)?.significant === false,
  );
  return tied.length === 0 ? null : { headline: enoughText(best, tied), about: [best, tied[0]!] };
}

/** `limited in-flight=8 does as well as in-flight=16`; `limited in-flight=16 is 1.3× [1.2, 1.4] in-flight=8`: the loop among its variants; null where it has none. */
export function loopAmongVariants(result: ScenarioResult, loop: ExecutorResult): string | null {
  const variants = alongAxis(result, loop);
  if (variants.length === 0) return null;
  const smallest = smallestAsGood(result, loop);
  if (smallest !== null) return asGoodText(smallest, loop);
  const below = variants.findLast(one => placeValue(one) < placeValue(loop));
  const pair = below === undefined ? null : pairOf(result, loop.variant.id, below.variant.id);
  if (below === undefined || pair === null) return enoughText(loop, variants);
  return `${nameOf(loop)} is ${timesText(pair)} ${placeOf(below)}`;
}

function asGoodText({ executor, pair }: SmallestAsGood, best: ExecutorResult): string {
  const words = doesAsWell(pair) ? 'does as well as' : 'is not told apart from';
  return `${nameOf(executor)} ${words} ${placeOf(best)}`;
}

function enoughText(best: ExecutorResult, more: readonly ExecutorResult[]): string {
  return `${nameOf(best)} is enough: no gain shown from ${listed(more.map(placeOf))}`;
}

/** By less than is worth anything, surely. */
function doesAsWell({ low, equalWithin }: Pair): boolean {
  return equalWithin !== null || (low !== null && low >= 1 / WORTHWHILE);
}

/** `in-flight=8`; `queue ×2` of threads, as everywhere. */
function placeOf(executor: ExecutorResult): string {
  const { axis } = executor.variant;
  return axis === null || axis.name === 'threads' ? nameOf(executor) : axisPart(axis);
}
