import type { Comparison, ExecutorVariant } from './schema/index.js';

/** What of a variant tells which alternative it runs. */
export type Runs = Pick<ExecutorVariant, 'alternative'>;

/** Those that run the same, together, in the order of the first of each; one group where the alternatives are not several. */
export function groupAlike<T>(all: readonly T[], variantOf: (one: T) => Runs): readonly (readonly T[])[] {
  const groups = new Map<string | null, T[]>();
  for (const one of all) {
    const name = variantOf(one).alternative?.name ?? null;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}

/** Whether it is of one executor that runs two alternatives. */
export function isOfPeers(
  { executor, baseline }: Pick<Comparison, 'executor' | 'baseline'>,
  variants: readonly ExecutorVariant[],
): boolean {
  const [one, other] = [executor, baseline].map(
    id => variants.find(variant => variant.id === id)?.alternative,
  );
  return one != null && other != null && one.name !== other.name && one.peer.id === other.peer.id;
}
