import { groupAlike } from '../../alternatives.js';
import { holds } from '../../predicate.js';
import type { Gate, GateFinding, Report, Scenario, ScenarioResult } from '../../schema/index.js';
import { comparedOf } from '../run-differences.js';
import { pairFinding } from './pair.js';

type SlowerGate = Extract<Gate, { kind: 'slower' }>;

/** Whether versions, revisions, Nodes or values are compared in it, so that one of them can be slower. */
export function hasAlternatives({ executors }: Pick<Scenario, 'executors'>): boolean {
  return groupAlike(executors, variant => variant).length > 1;
}

/**
 * `slower>5%` of what is compared within the run: each executor with each alternative, against itself with the
 * baseline's. A ratio of one run, so that it sees what all executors lost alike. Pure.
 */
export function slowerAlternatives(gate: SlowerGate, report: Report): GateFinding[] {
  return comparedOf(report).flatMap(result =>
    pairsOf(result).map(pair =>
      pairFinding(result, pair, { value: 1 - gate.value, isGood: ratio => !holds(gate, 1 - ratio) }),
    ),
  );
}

/** Ids: an executor with an alternative, and with the baseline's. */
function pairsOf({ scenario, baseline }: ScenarioResult): (readonly [string, string])[] {
  const { executors } = scenario;
  const reference = executors.find(({ id }) => id === baseline)?.alternative?.name;
  return executors.flatMap(({ id, alternative }) => {
    const other = executors.find(
      one => one.alternative?.name === reference && one.alternative?.peer.id === alternative?.peer.id,
    );
    return other === undefined || other.id === id || !alternative ? [] : [[id, other.id] as const];
  });
}
