import { formatPredicate, holds } from '../../predicate.js';
import type { ExecutorResult, Scenario } from '../../schema/index.js';
import { type DigestMismatch, measured, percent } from './evidence.js';
import type { Finding } from './shared.js';

/** One for all forks, and for all that disagree with the same one. */
export function mismatchFinding(mismatch: DigestMismatch, { workload }: Pick<Scenario, 'workload'>): Finding {
  const { executor, other, fork, different, compared, firstIndex, says = null, threw = null } = mismatch;
  const words = says === null ? '' : `: ${says[0]} and ${says[1]}${remedyFor(workload, threw)}`;
  return {
    rule: `results differ ${other}`,
    executor,
    size: different / compared,
    say: ({ names, many, upTo }) =>
      `results differ: ${names} ${many ? 'disagree with' : 'and'} ${other}${many ? '' : ' disagree'} on ${upTo}${different} of ${compared} tasks in fork ${fork + 1}, the first is task ${firstIndex}${words}`,
  };
}

/** A workload that says nothing of its results is told what it may say. */
function remedyFor({ resultsCompared }: Scenario['workload'], threw: string | null): string {
  if (threw !== null) return `; its sameResult(a, b) threw ${threw}`;
  if (resultsCompared === 'digest' || resultsCompared === 'sameResult')
    return `; compared by the workload's own ${resultsCompared}`;
  return "; if they may, give the workload sameResult(a, b) or digest(result), or results: 'may differ'";
}

export function countFindings({ id, trials }: ExecutorResult): Finding[] {
  const faulty = measured(trials).filter(trial => trial.faults.length > 0);
  const first = faulty[0];
  if (first === undefined) return [];
  return [
    {
      rule: 'counts disagree',
      executor: id,
      size: faulty.length / trials.length,
      say: ({ names, upTo }) =>
        `counts disagree: ${names}, ${upTo}${faulty.length} of ${trials.length} trials, e.g. ${first.faults[0]}`,
    },
  ];
}

/**
 * Of the share that was *seen*: that is about whether these trials are worth comparing, not a claim about others (an
 * objective on `failed` is; a bound here would make every short run INVALID).
 *
 * What an overloaded executor did not get to is no failure of its tasks: it is said that it is overloaded.
 */
export function failureFindings(
  { id, outcomes, arrivals }: ExecutorResult,
  { maxFailed, expectedFailures }: Scenario,
): Finding[] {
  const cancelled = arrivals?.overloaded === true ? 0 : outcomes.cancelled;
  const unexpected = Object.entries(outcomes.failed).filter(([kind]) => !expectedFailures.includes(kind));
  const failed = unexpected.reduce((sum, [, count]) => sum + count, 0);
  const share = outcomes.issued === 0 ? 0 : (failed + cancelled) / outcomes.issued;
  if (holds(maxFailed, share)) return [];
  const kinds = unexpected.map(([kind, count]) => `${count} ${kind}`);
  if (cancelled > 0) kinds.push(`${cancelled} cancelled`);
  return [
    {
      rule: 'too many failed tasks',
      executor: id,
      size: share,
      say: ({ names, upTo }) =>
        `too many failed tasks: ${names}, ${upTo}${percent(share)} of ${outcomes.issued.toLocaleString('en-US')} (${kinds.join(', ')}), wanted is ${formatPredicate(maxFailed)} (--max-failed)`,
    },
  ];
}
