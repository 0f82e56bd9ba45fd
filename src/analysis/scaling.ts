import { groupBy } from '../group-by.js';
import type { Scaling } from '../schema/index.js';
import { trimmedMean } from '../stats/comparison.js';
import { fitScalingLaw } from '../stats/scaling-law.js';
import { allCounted, countedTrials, type ExecutorHistory } from './history.js';

/** With fewer nobody asks how it goes on. */
const SIZES_WORTH_A_WORD = 4;

/** How each executor scales over its numbers of threads, where there are several. Pure. */
export function scalingOf(executors: readonly ExecutorHistory[]): Scaling[] {
  const along = executors.filter(({ variant: { axis } }) => axis?.name === 'threads');
  const series = groupBy(along, ({ variant }) => variant.series);
  return [...series].flatMap(([name, variants]): Scaling[] => {
    const sorted = variants.toSorted((a, b) => a.variant.threads - b.variant.threads);
    const all = sorted.map(sizeOf);
    if (all.length < SIZES_WORTH_A_WORD || new Set(all).size < all.length) return [];
    const warm = sorted.filter(one => !one.coldOnly);
    const alike = (warm.length > 0 ? warm : sorted).filter(one => allCounted(one).length > 0);
    const sizes = alike.map(sizeOf);
    const leftOut = sorted
      .filter(one => !alike.includes(one))
      .map(one => ({ threads: sizeOf(one), why: whyLeftOut(one) }));
    const found = fitScalingLaw(sizes, logsByFork(alike));
    const law = typeof found === 'string' ? null : found;
    return [{ series: name, sizes, leftOut, law, why: typeof found === 'string' ? found : null }];
  });
}

function sizeOf({ variant }: ExecutorHistory): number {
  return variant.threads;
}

/** Cold trials are of other code than warm ones: they lie on no curve together. */
function whyLeftOut(one: ExecutorHistory): 'lost' | 'cold' {
  return one.coldOnly && allCounted(one).length > 0 ? 'cold' : 'lost';
}

/** ln(throughput) by size, of the forks in which all sizes ran. */
function logsByFork(variants: readonly ExecutorHistory[]): number[][] {
  const forks = variants[0]?.forks ?? [];
  return forks.flatMap((_, fork) => {
    const logs = variants.flatMap(({ forks: own, coldOnly }) => {
      const trials = countedTrials(own[fork]!, coldOnly);
      return trials.length === 0 ? [] : [trimmedMean(trials.map(trial => Math.log(trial.tasksPerSecond)))];
    });
    return logs.length === variants.length ? [logs] : [];
  });
}
