import type { Verdict } from '../model.js';
import type { Confidence, ForkComparison } from './comparison.js';
import { holm } from './holm.js';

/** The level of Holm's correction that goes with the intervals: two-sided, as their quantiles are. */
export function alphaFor(confidence: Confidence): number {
  return confidence === 'stopping' ? 0.03 : 0.05;
}

/** What a test needs of a comparison. */
export type Tested = Pick<ForkComparison, 'ratio' | 'p'>;

/** Holm's correction over the comparisons of a scenario; one without a p is no test, and claims nothing. */
export function significantAmong(comparisons: readonly Tested[], alpha: number): boolean[] {
  const pValues = comparisons.flatMap(({ p }) => (p === null ? [] : [p]));
  const rejected = holm(pValues, alpha).values();
  return comparisons.map(({ p }) => p !== null && rejected.next().value === true);
}

/** @param significant after Holm's correction */
export function verdictOf({ ratio, p }: Tested, significant: boolean): Verdict {
  if (ratio === null || p === null) return 'too few forks to say';
  if (!significant) return 'no difference shown';
  return ratio > 1 ? 'faster' : 'slower';
}

/**
 * The id that is significantly faster than every other, after Holm's correction over its own comparisons; else null.
 *
 * Only the leader, the one with the largest ratio to the baseline, can be it. An id that cannot be compared (too few
 * forks, or lost) leaves no winner: pass those ids that the claim is to be about.
 *
 * @param compare the comparison of `executor ÷ other`, from the same rounds as the reported ones
 */
export function findWinner(
  ids: readonly string[],
  baseline: string,
  compare: (executor: string, other: string) => Tested,
  alpha: number,
): string | null {
  const leader = leaderOf(ids, baseline, compare);
  if (leader === null || ids.length < 2) return null;
  const duels = ids.filter(id => id !== leader).map(id => compare(leader, id));
  const significant = significantAmong(duels, alpha);
  const won = duels.every((duel, i) => verdictOf(duel, significant[i]!) === 'faster');
  return won ? leader : null;
}

/** The id with the largest ratio to the baseline; the first of equals. */
function leaderOf(
  ids: readonly string[],
  baseline: string,
  compare: (executor: string, other: string) => Tested,
): string | null {
  let leader: string | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const id of ids) {
    const ratio = id === baseline ? 1 : compare(id, baseline).ratio;
    if (ratio === null || ratio <= best) continue;
    leader = id;
    best = ratio;
  }
  return leader;
}
