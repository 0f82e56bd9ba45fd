import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { holm } from '../../stats/holm.js';
import { alphaFor } from '../../stats/verdict.js';
import { isMeasured, isOverloaded, isPool } from '../pairs.js';

/**
 * Which leads hold after Holm's correction over all places of a sweep; a place is known by its index.
 *
 * A sweep names the best pool and the best loop of each place, both chosen by the data. Its family is *each* pool at each
 * place, with the hypothesis "some loop is at least as fast": that is rejected when the pool beats every loop, so its p is
 * the largest of its duels (an intersection-union test; Berger, 1982), and the choice of the loop needs no correction.
 * With 4 loops and 2 pools a place counts 2 tests where all loop-against-pool pairs would count 8: power that is worth
 * having, since places are many. What a scenario does not claim by itself, its sweep does not either.
 *
 * p are one-sided, as the claims are: pools over loops and loops over pools have half of α each. Where only one kind was
 * measured the claim is "faster than all", and each executor at each place is a test.
 */
export function leadsAlong(scenarios: readonly ScenarioResult[]) {
  // Fixed forks have intervals of their own quantile; a mixture keeps to the stricter level.
  const fixed = scenarios.every(({ stoppedBy }) => stoppedBy === 'fixed');
  const alpha = alphaFor(fixed ? 'fixed' : 'stopping');
  const pools = family(scenarios, alpha / 2, (one, rival) => isPool(one) && !isPool(rival));
  const loops = family(scenarios, alpha / 2, (one, rival) => !isPool(one) && isPool(rival));
  const all = family(scenarios, alpha, (one, rival) => one.variant.id !== rival.variant.id);
  const overOthers = new Set([...pools, ...loops]);
  return {
    /** A pool over every loop, or a loop over every pool. */
    overOtherKind: (place: number, executor: string) => overOthers.has(keyOf(place, executor)),
    overAll: (place: number, executor: string) => all.has(keyOf(place, executor)),
  };
}

/** The leads that hold, of executors that have rivals. What is INVALID claims nothing, and is no test. */
function family(
  scenarios: readonly ScenarioResult[],
  alpha: number,
  isRival: (one: ExecutorResult, other: ExecutorResult) => boolean,
): Set<string> {
  const tests = scenarios.flatMap((result, place) => {
    if (result.validity === 'INVALID') return [];
    const compared = result.executors.filter(one => isMeasured(one) && !isOverloaded(one));
    const duel = duelsOf(result);
    return compared.flatMap(one => {
      const executor = one.variant.id;
      const rivals = compared.filter(other => isRival(one, other));
      const known = rivals.map(rival => duel(executor, rival.variant.id)).filter(p => p !== null);
      return known.length === 0 ? [] : [{ key: keyOf(place, executor), p: Math.max(...known) }];
    });
  });
  const pValues = tests.map(({ p }) => p);
  const rejected = holm(pValues, alpha);
  return new Set(tests.flatMap(({ key }, at) => (rejected[at] === true ? [key] : [])));
}

/** One-sided p of one not being ahead of another; null where the two have no test. */
function duelsOf({ comparisons }: ScenarioResult): (one: string, rival: string) => number | null {
  const byPair = new Map<string, number>();
  for (const { executor, baseline, ratio, p } of comparisons) {
    if (ratio === null || p === null) continue;
    byPair.set(JSON.stringify([executor, baseline]), ratio > 1 ? p / 2 : 1 - p / 2);
    byPair.set(JSON.stringify([baseline, executor]), ratio < 1 ? p / 2 : 1 - p / 2);
  }
  return (one, rival) => byPair.get(JSON.stringify([one, rival])) ?? null;
}

function keyOf(place: number, executor: string): string {
  return JSON.stringify([place, executor]);
}
