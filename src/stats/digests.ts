export interface DigestDifference {
  /** Tasks that completed in both. */
  readonly compared: number;
  readonly different: number;
  /** The first task whose results differ; -1 when none does. */
  readonly firstIndex: number;
}

/** Compares two trials over the tasks that completed in both: those that have a number in both. */
export function compareDigests(a: Float64Array, b: Float64Array): DigestDifference {
  let compared = 0;
  for (let index = 0; index < Math.min(a.length, b.length); index++) if (isInBoth(a, b, index)) compared++;
  const differing = differingIndexes(a, b, Number.POSITIVE_INFINITY);
  return { compared, different: differing.length, firstIndex: differing[0] ?? -1 };
}

/** The first tasks, at most so many, that completed in both trials and whose digests differ. */
export function differingIndexes(a: Float64Array, b: Float64Array, most: number): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < Math.min(a.length, b.length) && indexes.length < most; index++)
    if (isInBoth(a, b, index) && a[index] !== b[index]) indexes.push(index);
  return indexes;
}

function isInBoth(a: Float64Array, b: Float64Array, index: number): boolean {
  return !Number.isNaN(a[index]!) && !Number.isNaN(b[index]!);
}
