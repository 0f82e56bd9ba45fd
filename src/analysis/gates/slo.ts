import { holds } from '../../predicate.js';
import type {
  ExecutorResult,
  GateFinding,
  GateOutcome,
  GateVerdict,
  ObjectiveFinding,
  Report,
  Scenario,
} from '../../schema/index.js';
import { binomialLowerBound, binomialUpperBound } from '../../stats/binomial.js';
import { comparedOf } from '../run-differences.js';
import { openFinding, verdictOn } from './verdict.js';

/**
 * `slo`: every executor of a scenario with an objective has to meet it, and each part of it. A sweep over rates is left out:
 * it asks from where on the objective is missed. Pure.
 */
export function judgeObjectives(report: Report): GateVerdict {
  const findings = comparedOf(report)
    .filter(({ scenario }) => isGated(scenario))
    .flatMap(({ scenario: { id }, executors }) =>
      executors.flatMap(executor => executor.slo.map(one => findingOf(id, executor, one))),
    );
  return verdictOn({ kind: 'slo' }, findings);
}

/** Whether its objective can be missed. */
export function isGated({ slo, axis }: Pick<Scenario, 'slo' | 'axis'>): boolean {
  return slo.length > 0 && axis?.name !== 'rate';
}

function findingOf(scenario: string, executor: ExecutorResult, objective: ObjectiveFinding): GateFinding {
  const { predicate, value, bound } = objective;
  const finding = { ...openFinding(scenario, executor.variant.id), predicate, value };
  if (executor.validity === 'INVALID') return { ...finding, without: 'INVALID' };
  if (executor.arrivals?.overloaded) return { ...finding, outcome: 'fails', without: 'overloaded' };
  // A percentile among tasks that failed is worse than any limit.
  if (objective.met === false && value === null) return { ...finding, outcome: 'fails' };
  if (objective.met === null || value === null)
    return { ...finding, without: value === null ? 'not measured' : 'too few forks' };
  const near = nearBoundOf(executor, objective);
  const [low = null, high = null] = [bound, near].flatMap(one => one ?? []).toSorted((a, b) => a - b);
  return { ...finding, outcome: outcomeOf(objective, near), low, high };
}

function outcomeOf({ predicate, met }: ObjectiveFinding, near: number | null): GateOutcome {
  if (met) return 'passes';
  return near !== null && !holds(predicate, near) ? 'fails' : 'undecided';
}

/** The end of the interval that is nearer to what was asked for; the farther one is `bound`. */
function nearBoundOf(
  { outcomes }: ExecutorResult,
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
