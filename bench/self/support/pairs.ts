import { median } from '../../../src/stats/quantile.js';

/** The two sides of one pair of trials, run right after one another. */
export type Pair<A, B> = readonly [A, B];

/**
 * Runs two sides in turn: A B, B A, A B, … so that neither drift of the machine nor the place in a pair favours one.
 */
export async function interleave<A, B>(
  count: number,
  runA: () => Promise<A>,
  runB: () => Promise<B>,
): Promise<Pair<A, B>[]> {
  const pairs: Pair<A, B>[] = [];
  for (let n = 0; n < count; n++) pairs.push(await onePair(n, runA, runB));
  return pairs;
}

/** The `n`th pair of such a sequence, from 0. */
export async function onePair<A, B>(
  n: number,
  runA: () => Promise<A>,
  runB: () => Promise<B>,
): Promise<Pair<A, B>> {
  if (n % 2 === 0) {
    const a = await runA();
    return [a, await runB()];
  }
  const b = await runB();
  return [await runA(), b];
}

/** Median of a function of the pairs; NaN without pairs. */
export function medianOf<T>(items: readonly T[], value: (item: T) => number): number {
  return median(items.map(value)) ?? Number.NaN;
}

/** Median of the ratios within pairs, A ÷ B. */
export function medianRatio(pairs: readonly Pair<number, number>[]): number {
  return medianOf(pairs, ([a, b]) => a / b);
}
