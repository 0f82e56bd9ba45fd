/**
 * Which of several hypotheses are rejected such that any false claim at all happens with a probability ≤ alpha
 * (Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979).
 *
 * @returns in the order of the p values: true where the claim holds
 */
export function holm(pValues: readonly number[], alpha: number): boolean[] {
  const rejected = pValues.map(() => false);
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  for (const [rank, { p, index }] of ascending.entries()) {
    if (p > alpha / (pValues.length - rank)) break;
    rejected[index] = true;
  }
  return rejected;
}
