import { groupBy } from '../group-by.js';
import type { Scaling } from '../schema/index.js';
import { trimmedMean } from '../stats/comparison.js';
import { fitScalingLaw } from '../stats/scaling-law.js';
import { countedTrials, type ExecutorHistory } from './history.js';

/** With fewer nobody asks how it goes on. */
const SIZES_WORTH_A_WORD = 4;

/** How each executor scales over its numbers of threads, where there are several. Pure. */
export function scalingOf(executors: readonly ExecutorHistory[]): Scaling[] {
  const along = executors.filter(({ variant: { axis } }) => axis?.name === 'threads');
  const series = groupBy(along, ({ variant }) => variant.series);
  return [...series].flatMap(([name, variants]): Scaling[] => {
    const sorted = variants.toSorted((a, b) => a.variant.threads - b.variant.threads);
    const sizes = sorted.map(({ variant }) => variant.threads);
    if (sizes.length < SIZES_WORTH_A_WORD || new Set(sizes).size < sizes.length) return [];
    const found = fitScalingLaw(sizes, logsByFork(sorted));
    if (typeof found === 'string') return [{ series: name, sizes, law: null, why: found }];
    return [{ series: name, sizes, law: found, why: null }];
  });
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
