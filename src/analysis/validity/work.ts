import { holds } from '../../predicate.js';
import type { DigestMismatch, ExecutorResult, Scenario } from '../../schema/index.js';
import { counted, measured } from './evidence.js';
import { type Found, found } from './together.js';

/** One for all forks, and for all that disagree with the same one. */
export function mismatchFinding(mismatch: DigestMismatch, { workload }: Pick<Scenario, 'workload'>): Found {
  const { executor, other, fork, different, compared, firstIndex, says = null, threw = null } = mismatch;
  const comparedBy = workload.resultsCompared ?? null;
  const values = { other, fork, different, compared, firstIndex, results: says, comparedBy, threw };
  return found('results-differ', 'invalid', executor, values, different / compared, other);
}

export function countFindings({ variant: { id }, trials }: ExecutorResult): Found[] {
  const faulty = measured(trials).filter(trial => trial.faults.length > 0);
  const first = faulty[0]?.faults[0];
  if (first === undefined) return [];
  const values = { faultyTrials: faulty.length, trials: trials.length, first };
  return [found('counts-disagree', 'invalid', id, values, faulty.length / trials.length)];
}

/**
 * Of the share that was *seen*: that is about whether these trials are worth comparing, not a claim about others (an
 * objective on `failed` is; a bound here would make every short run INVALID).
 *
 * What an overloaded executor did not get to is no failure of its tasks: it is said that it is overloaded.
 */
export function failureFindings(
  { variant: { id }, outcomes, arrivals }: ExecutorResult,
  { maxFailed, expectedFailures }: Scenario,
): Found[] {
  const cancelled = arrivals?.overloaded === true ? 0 : outcomes.cancelled;
  const unexpected = Object.entries(outcomes.failed).filter(([kind]) => !expectedFailures.includes(kind));
  const failed = unexpected.reduce((sum, [, count]) => sum + count, 0);
  const failedShare = outcomes.issued === 0 ? 0 : (failed + cancelled) / outcomes.issued;
  if (holds(maxFailed, failedShare)) return [];
  const { issued } = outcomes;
  const values = {
    failedShare,
    issued,
    failed: Object.fromEntries(unexpected),
    cancelled,
    wanted: maxFailed,
  };
  return [found('too-many-failed', 'invalid', id, values, failedShare)];
}

/** A task that ignores its abort is given up, and goes on beside those that are measured: from the first one on. */
export function strayFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor);
  const beside = trials.filter(({ tasksRanOn }) => tasksRanOn > 0);
  if (beside.length === 0) return [];
  const tasks = Math.max(...beside.map(({ tasksRanOn }) => tasksRanOn));
  const values = { tasks, trials: beside.length, ofTrials: trials.length };
  return [found('tasks-ran-on', 'weak', executor.variant.id, values, tasks)];
}
