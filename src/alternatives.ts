import { groupBy } from './group-by.js';
import type { Comparison, ExecutorVariant } from './schema/index.js';

/** What of a variant tells which alternative it runs. */
export type Runs = Pick<ExecutorVariant, 'alternative'>;

/** Those that run the same, together, in the order of the first of each. */
export function groupAlike<T>(all: readonly T[], variantOf: (one: T) => Runs): readonly (readonly T[])[] {
  return [...groupBy(all, one => nameOf(variantOf(one))).values()];
}

/**
 * Whether a comparison is one that an answer is made of: it is with the baseline; where alternatives are compared, it is of
 * one executor with two of them, or of two executors with the same, one of them the baseline's.
 */
export function isAnswer(
  { executor, baseline: other }: Pick<Comparison, 'executor' | 'baseline'>,
  variants: readonly ExecutorVariant[],
  baseline: string,
): boolean {
  const alternativeOf = (id: string) => variants.find(variant => variant.id === id)?.alternative ?? null;
  const [one, two, base] = [executor, other, baseline].map(alternativeOf);
  if (!one || !two || !base) return executor === baseline || other === baseline;
  if (one.name !== two.name) return one.peer.id === two.peer.id;
  return [one, two].some(({ peer }) => peer.id === base.peer.id);
}

function nameOf({ alternative }: Runs): string | null {
  return alternative?.name ?? null;
}
