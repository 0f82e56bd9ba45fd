import { holds } from '../predicate.js';
import type { ExecutorResult, GateOutcome, ObjectiveFinding, Scenario } from '../schema/index.js';
import { binomialLowerBound, binomialUpperBound } from './binomial.js';

/**
 * Whether an objective is met or missed for sure: `met` is said where the farther end of its interval keeps it, so it fails
 * where the nearer one misses it, and between the two nobody knows.
 *
 * @param objective of which there is something to say
 * @param near the end of its interval that `nearBoundOf` finds
 */
export function objectiveOutcome(objective: ObjectiveFinding, near: number | null): GateOutcome {
  if (objective.met) return 'passes';
  return near !== null && !holds(objective.predicate, near) ? 'fails' : 'undecided';
}

/** The end of the interval that is nearer to what was asked for; the farther one is `bound`. */
export function nearBoundOf(
  { outcomes }: Pick<ExecutorResult, 'outcomes'>,
  { predicate, value, bound }: ObjectiveFinding,
): number | null {
  if (predicate.metric === 'failed') {
    const failed = Object.values(outcomes.failed).reduce((sum, count) => sum + count, outcomes.cancelled);
    const isUpperLimit = predicate.operator.startsWith('<');
    return (isUpperLimit ? binomialLowerBound : binomialUpperBound)(failed, outcomes.issued);
  }
  // The largest has no interval: what was seen was seen.
  if (predicate.metric === 'max') return value;
  // The interval is symmetric on the logarithm's scale.
  return bound === null || bound === 0 || value === null ? null : value ** 2 / bound;
}

/** A sweep over rates asks from where on its objective is missed: a miss is what it was run for, and no fault. */
export function looksForMiss({ axis }: Pick<Scenario, 'axis'>): boolean {
  return axis?.name === 'rate';
}
