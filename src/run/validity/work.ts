import type { ExecutorResult, Scenario } from '../../model.js';
import { formatPredicate, holds } from '../../predicate.js';
import { type DigestMismatch, measured, percent } from './evidence.js';

export function mismatchReason(mismatch: DigestMismatch, { workload }: Scenario): string {
  const { executor, other, fork, different, compared, firstIndex, says = null, threw = null } = mismatch;
  const words = says === null ? '' : `: ${says[0]} and ${says[1]}${remedyFor(workload, threw)}`;
  return `results differ: ${executor} and ${other} disagree on ${different} of ${compared} tasks in fork ${fork + 1}, the first is task ${firstIndex}${words}`;
}

/** A workload that says nothing of its results is told what it may say. */
function remedyFor({ resultsCompared }: Scenario['workload'], threw: string | null): string {
  if (threw !== null) return `; its sameResult(a, b) threw ${threw}`;
  if (resultsCompared === 'digest' || resultsCompared === 'sameResult')
    return `; compared by the workload's own ${resultsCompared}`;
  return "; if they may, give the workload sameResult(a, b) or digest(result), or results: 'may differ'";
}

export function countReasons({ id, trials }: ExecutorResult): string[] {
  const faulty = measured(trials).filter(trial => trial.faults.length > 0);
  const first = faulty[0];
  if (first === undefined) return [];
  return [`counts disagree: ${id}, ${faulty.length} of ${trials.length} trials, e.g. ${first.faults[0]}`];
}

/** What an overloaded executor did not get to is no failure of its tasks: it is said that it is overloaded. */
export function failureReasons(
  { id, outcomes, arrivals }: ExecutorResult,
  { maxFailed, expectedFailures }: Scenario,
): string[] {
  const cancelled = arrivals?.overloaded === true ? 0 : outcomes.cancelled;
  const unexpected = Object.entries(outcomes.failed).filter(([kind]) => !expectedFailures.includes(kind));
  const failed = unexpected.reduce((sum, [, count]) => sum + count, 0);
  const share = outcomes.issued === 0 ? 0 : (failed + cancelled) / outcomes.issued;
  if (holds(maxFailed, share)) return [];
  const kinds = unexpected.map(([kind, count]) => `${count} ${kind}`);
  if (cancelled > 0) kinds.push(`${cancelled} cancelled`);
  return [
    `too many failed tasks: ${id}, ${percent(share)} of ${outcomes.issued} (${kinds.join(', ')}), wanted is ${formatPredicate(maxFailed)} (--max-failed)`,
  ];
}
