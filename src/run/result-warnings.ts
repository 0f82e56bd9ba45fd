import type { Scenario, Warning } from '../schema/index.js';
import type { ExecutorForks } from './summarise.js';

/** What is to be known of results: whether they were compared, and whether they were kept. */
export function resultWarnings(
  { workload, executors }: Scenario,
  forks: readonly ExecutorForks[],
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (workload.resultsCompared === 'may differ')
    warnings.push({
      code: 'results-not-compared',
      message: `results were not compared between executors: ${workload.name} says that they may differ`,
    });
  const notAsked = Math.max(
    0,
    ...forks.flatMap(({ forks: own }) => own.map(({ difference }) => difference?.notAsked ?? 0)),
  );
  if (notAsked > 0)
    warnings.push({
      code: 'results-sampled',
      message: `sameResult was asked about the first tasks whose results differ, and not about ${notAsked} more`,
    });
  if (executors.length > 0 && executors.every(({ results }) => results === 'keep'))
    warnings.push({
      code: 'results-kept',
      message: 'results are kept until a trial ends, in the heap that takes them in (--results keep)',
    });
  return warnings;
}
