const TRIMMED_SHARE = 0.2;

/**
 * The mean without the smallest and largest 20 %, at least one of each from three values on: of three it is the
 * median (`rob` in the method's description; Tukey & McLaughlin, 1963).
 *
 * @throws RangeError when there are no values
 */
export function trimmedMean(values: readonly number[]): number {
  const n = values.length;
  if (n === 0) throw new RangeError('A trimmed mean needs at least one value');
  const ascending = values.toSorted((a, b) => a - b);
  const cut = n < 3 ? 0 : Math.max(1, Math.floor(TRIMMED_SHARE * n));
  let sum = 0;
  for (let i = cut; i < n - cut; i++) sum += ascending[i]!;
  return sum / (n - 2 * cut);
}
