import { groupBy } from './group-by.js';
import type { ExecutorResult } from './schema/index.js';

/** From this share on the failures of one executor are what there is to say of it. */
export const FAILING_SHARE = 0.01;

/** Of the tasks that were issued, those that failed, by whatever kind. */
export function failedShare({ outcomes }: Pick<ExecutorResult, 'outcomes'>): number {
  const failed = Object.values(outcomes.failed).reduce((sum, count) => sum + count, 0);
  return outcomes.issued === 0 ? 0 : failed / outcomes.issued;
}

/** Up to how many in flight an executor's tasks succeed, where its variants show it. */
export interface InFlightLimit {
  /** The largest of its variants below which none fails. */
  readonly holds: ExecutorResult;
  /** The next one. */
  readonly fails: ExecutorResult;
}

/** One for each executor whose variants differ in their in-flight limit alone, and of which the greater ones fail. Pure. */
export function inFlightLimits(executors: readonly ExecutorResult[]): InFlightLimit[] {
  const groups = groupBy(
    executors,
    ({ variant: { name, threads, uvThreads, options, params, alternative } }) =>
      JSON.stringify([name, threads, uvThreads, options, params, alternative?.name]),
  );
  return [...groups.values()].flatMap(variants => {
    const tried = variants
      .filter(({ outcomes }) => outcomes.issued > 0)
      .sort((a, b) => a.variant.inFlight - b.variant.inFlight);
    const at = tried.findIndex(variant => failedShare(variant) > FAILING_SHARE);
    const [holds, fails] = [tried[at - 1], tried[at]];
    if (holds === undefined || fails === undefined || holds.validity === 'INVALID') return [];
    // One in the middle that fails shows no limit.
    return tried.slice(at).every(variant => failedShare(variant) > FAILING_SHARE) ? [{ holds, fails }] : [];
  });
}
