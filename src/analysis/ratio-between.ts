import type { Comparison, ScenarioResult } from '../schema/index.js';
import { inverse } from '../stats/comparison.js';

/** The comparison of two executors as it is listed, or turned round: every pair is there once. Null where it has no ratio, or one of them is INVALID. */
export function ratioBetween(
  { comparisons, executors }: Pick<ScenarioResult, 'comparisons' | 'executors'>,
  one: string,
  other: string,
): Comparison | null {
  const isInvalid = executors.some(
    ({ validity, variant: { id } }) => validity === 'INVALID' && (id === one || id === other),
  );
  if (isInvalid) return null;
  const between = (a: string, b: string) =>
    comparisons.find(({ executor, baseline, ratio }) => executor === a && baseline === b && ratio !== null);
  const listed = between(one, other);
  if (listed !== undefined) return listed;
  const turned = between(other, one);
  if (turned === undefined) return null;
  const forkLogRatios = turned.forkLogRatios.map(value => -value);
  return { ...inverse(turned), executor: one, baseline: other, forkLogRatios };
}

/** Whether the ratio of two is one of cold trials: one of them has no others. */
export function isColdRatio(
  { executors }: Pick<ScenarioResult, 'executors'>,
  one: string,
  other: string,
): boolean {
  return executors.some(({ coldOnly, variant: { id } }) => coldOnly && (id === one || id === other));
}
