import type { Alternative, Comparison, ExecutorResult, ScenarioResult } from '../schema/index.js';
import { findPair, ranking } from './pairs.js';

/** The alternative that an executor ran; of a scenario that has several each has one. */
export function alternativeOf({ variant }: ExecutorResult): Alternative {
  return variant.alternative!;
}

/** An executor as it is called among those that run the same: `queue` of `queue lib=marked`. */
export function asPeer(executor: ExecutorResult): ExecutorResult {
  return { ...executor, variant: { ...executor.variant, ...alternativeOf(executor).peer } };
}

/** The same executor with another alternative; undefined where that was not run. */
export function peerOf(
  executors: readonly ExecutorResult[],
  executor: ExecutorResult,
  alternative: string,
): ExecutorResult | undefined {
  const { peer } = alternativeOf(executor);
  return executors.find(
    one => alternativeOf(one).name === alternative && alternativeOf(one).peer.id === peer.id,
  );
}

/** What a scenario is for each alternative by itself: its executors, called as if there were no other. */
export function byAlternative(result: ScenarioResult): readonly ScenarioResult[] {
  return result.alternatives.map(({ name, alone }) => {
    const own = result.executors.filter(executor => alternativeOf(executor).name === name);
    const peers = new Map(own.map(one => [one.variant.id, alternativeOf(one).peer.id]));
    const among = (comparisons: readonly Comparison[]) =>
      comparisons.flatMap(comparison => {
        const [executor, baseline] = [peers.get(comparison.executor), peers.get(comparison.baseline)];
        return executor === undefined || baseline === undefined
          ? []
          : [{ ...comparison, executor, baseline }];
      });
    const baseline = result.executors.find(({ variant }) => variant.id === result.baseline)!;
    const renamed = {
      ...result,
      scenario: { ...result.scenario, executors: own.map(one => asPeer(one).variant) },
      alone,
      alternatives: [],
      executors: own.map(asPeer),
      comparisons: among(result.comparisons),
      coldComparisons: among(result.coldComparisons),
      baseline: (peerOf(own, baseline, name) ?? own[0]!).variant.alternative!.peer.id,
    };
    return { ...renamed, winner: winnerOf(renamed) };
  });
}

/** Who is ahead of every other, surely. */
function winnerOf(result: ScenarioResult): string | null {
  const [first, ...others] = ranking(result);
  if (first === undefined) return null;
  const isAhead = (other: ExecutorResult) => {
    const pair = findPair(result.comparisons, first.variant.id, other.variant.id);
    return pair?.significant === true && pair.ratio > 1;
  };
  return others.length > 0 && others.every(isAhead) ? first.variant.id : null;
}
