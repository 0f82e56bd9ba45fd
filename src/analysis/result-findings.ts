import type { Finding, Scenario } from '../schema/index.js';
import type { ExecutorHistory } from './summarise.js';

/** What is to be known of results: whether they were compared, and whether they were kept. */
export function resultFindings(
  { workload, executors }: Scenario,
  forks: readonly ExecutorHistory[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const about = { severity: 'note', subjects: [] } as const;
  if (workload.resultsCompared === 'may differ')
    findings.push({ code: 'results-not-compared', ...about, values: { workload: workload.name } });
  const notAsked = Math.max(
    0,
    ...forks.flatMap(({ forks: own }) => own.map(({ difference }) => difference?.notAsked ?? 0)),
  );
  if (notAsked > 0) findings.push({ code: 'results-sampled', ...about, values: { notAsked } });
  if (executors.length > 0 && executors.every(({ results }) => results === 'keep'))
    findings.push({ code: 'results-kept', ...about, values: {} });
  return findings;
}
