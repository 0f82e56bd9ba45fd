import type {
  ExecutorResult,
  ForksNeeded,
  GateFinding,
  GateVerdict,
  ObjectiveFinding,
  Report,
  Scenario,
  ScenarioResult,
} from '../../schema/index.js';
import { looksForMiss, nearBoundOf, objectiveOutcome } from '../../stats/objective-outcome.js';
import { forksToDecide } from '../../stats/precision.js';
import { comparedOf } from '../run-differences.js';
import { neededFor, openFinding, verdictOn } from './verdict.js';

/**
 * `slo`: every executor of a scenario with an objective has to meet it, and each part of it; sweeps over rates are left
 * out. Pure.
 */
export function judgeObjectives(report: Report): GateVerdict {
  const findings = comparedOf(report)
    .filter(({ scenario }) => isGated(scenario))
    .flatMap(result =>
      result.executors.flatMap(executor => executor.slo.map(one => findingOf(result, executor, one))),
    );
  return verdictOn({ kind: 'slo' }, findings);
}

/** Whether its objective can be missed. */
export function isGated({ slo, axis }: Pick<Scenario, 'slo' | 'axis'>): boolean {
  return slo.length > 0 && !looksForMiss({ axis });
}

function findingOf(
  result: ScenarioResult,
  executor: ExecutorResult,
  objective: ObjectiveFinding,
): GateFinding {
  const { predicate, value, bound } = objective;
  const finding = { ...openFinding(result.scenario.id, executor.variant.id), predicate, value };
  // Where results differ the scenario is INVALID, and no executor of it by itself.
  if (result.validity === 'INVALID' || executor.validity === 'INVALID')
    return { ...finding, without: 'INVALID' };
  if (executor.arrivals?.overloaded) return { ...finding, outcome: 'fails', without: 'overloaded' };
  // A percentile among tasks that failed is worse than any limit.
  if (objective.met === false && value === null) return { ...finding, outcome: 'fails' };
  if (objective.met === null || value === null)
    return { ...finding, without: value === null ? 'not measured' : 'too few forks' };
  const near = nearBoundOf(executor, objective);
  const [low = null, high = null] = [bound, near].flatMap(one => one ?? []).toSorted((a, b) => a - b);
  const outcome = objectiveOutcome(objective, near);
  const needed = outcome === 'undecided' ? forksNeeded(result, executor, objective) : null;
  return { ...finding, outcome, low, high, needed };
}

/** Null where no number of forks is known to decide it: a share of failures, or a figure that lies on its limit. */
function forksNeeded(
  result: ScenarioResult,
  { forks }: ExecutorResult,
  { predicate, value, bound }: ObjectiveFinding,
): ForksNeeded | null {
  if (predicate.metric === 'failed' || predicate.metric === 'max' || !value || !bound) return null;
  const needed = forksToDecide({
    forks,
    halfWidthLog: Math.abs(Math.log(bound / value)),
    wantedLog: Math.abs(Math.log(predicate.value / value)),
  });
  return needed === null ? null : neededFor(needed, false, result);
}
