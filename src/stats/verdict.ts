import type { Verdict } from '../schema/index.js';
import type { Confidence, ForkComparison } from './comparison.js';
import { holm } from './holm.js';

/** The level of Holm's correction that goes with the intervals: two-sided, as their quantiles are. */
export function alphaFor(confidence: Confidence): number {
  return confidence === 'stopping' ? 0.03 : 0.05;
}

/** What a test needs of a comparison. */
export type Tested = Pick<ForkComparison, 'ratio' | 'p'>;
export type Judged = Tested & Pick<ForkComparison, 'equalWithinLog'>;

/** Holm's correction over a family of comparisons; one without a p is no test, and claims nothing. */
export function significantAmong(comparisons: readonly Tested[], alpha: number): boolean[] {
  const pValues = comparisons.flatMap(({ p }) => (p === null ? [] : [p]));
  const rejected = holm(pValues, alpha).values();
  return comparisons.map(({ p }) => p !== null && rejected.next().value === true);
}

/**
 * The conclusion on two executors.
 *
 * Equality is a claim of its own, never the lack of another: the whole t(0.975) interval lies within ± the share asked
 * for (two one-sided tests at 2.5 %; Schuirmann, 1987). It comes before "faster": who asks for it does not care about
 * less.
 *
 * @param significant after Holm's correction
 * @param equivalence the share within which two are equal; null: that is not asked
 */
export function verdictOf(
  { ratio, p, equalWithinLog }: Judged,
  significant: boolean,
  equivalence: number | null,
): Verdict {
  if (ratio === null || p === null) return 'too few forks to say';
  if (equivalence !== null && equalWithinLog !== null && equalWithinLog <= Math.log1p(equivalence))
    return 'equal';
  if (!significant) return 'no difference shown';
  return ratio > 1 ? 'faster' : 'slower';
}

/**
 * The id that is significantly faster than every other, after Holm's correction over all pairs; else null.
 *
 * Only the leader, the one with the largest ratio to the baseline, can be it. It is chosen by the data, so its own
 * comparisons are no family: any pair may turn out to be among them. An id that cannot be compared (too few forks, or
 * lost) leaves no winner: pass those ids that the claim is to be about.
 *
 * @param compare the comparison of `executor ÷ other`, from the same rounds as the reported ones
 */
export function findWinner(
  ids: readonly string[],
  baseline: string,
  compare: (executor: string, other: string) => Judged,
  alpha: number,
  equivalence: number | null = null,
): string | null {
  const leader = leaderOf(ids, baseline, compare);
  if (leader === null || ids.length < 2) return null;
  const rivals = ids.filter(id => id !== leader);
  const duels = rivals.map(id => compare(leader, id));
  const others = rivals.flatMap((other, at) => rivals.slice(at + 1).map(id => compare(id, other)));
  const significant = significantAmong([...duels, ...others], alpha);
  const won = duels.every((duel, i) => verdictOf(duel, significant[i]!, equivalence) === 'faster');
  return won ? leader : null;
}

/** The id with the largest ratio to the baseline (where that is not among them, to the first); the first of equals. */
export function leaderOf(
  ids: readonly string[],
  baseline: string,
  compare: (executor: string, other: string) => Tested,
): string | null {
  const reference = ids.includes(baseline) ? baseline : ids[0];
  let leader: string | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const id of ids) {
    const ratio = id === reference ? 1 : compare(id, reference!).ratio;
    if (ratio === null || ratio <= best) continue;
    leader = id;
    best = ratio;
  }
  return leader;
}
