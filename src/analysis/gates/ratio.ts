import { holds } from '../../predicate.js';
import type {
  Comparison,
  Gate,
  GateFinding,
  GateVerdict,
  Report,
  ScenarioResult,
} from '../../schema/index.js';
import { USUAL_FORKS } from '../../stats/comparison.js';
import { forksToDecide } from '../../stats/precision.js';
import { ratioBetween } from '../ratio-between.js';
import { comparedOf } from '../run-differences.js';
import { neededFor, openFinding, outcomeOf, verdictOn } from './verdict.js';

type RatioGate = Extract<Gate, { kind: 'ratio' }>;

/**
 * `queue/limited ratio>1.5`, of each scenario that has both: by the interval of their comparison, whichever way round it is
 * listed. Of latencies the ratio is above 1 where the first is sooner, as everywhere. Pure.
 */
export function judgeRatio(gate: RatioGate, report: Report): GateVerdict {
  const findings = comparedOf(report).flatMap(result => {
    const named = executorsNamed(gate.subject, result.scenario.executors);
    return named === null ? [] : [ratioFinding(gate, result, named)];
  });
  return verdictOn(gate, findings);
}

/** Ids of the two executors that `queue/limited` names, by id or by a name that only one has; null: not both are there. */
export function executorsNamed(
  subject: string,
  variants: readonly { readonly id: string; readonly name: string }[],
): readonly [string, string] | null {
  const idOf = (named: string): string | undefined => {
    const byName = variants.filter(({ name }) => name === named);
    return variants.find(({ id }) => id === named)?.id ?? (byName.length === 1 ? byName[0]!.id : undefined);
  };
  // Paths of modules have slashes of their own: the one between two executors is meant.
  for (let at = subject.indexOf('/'); at >= 0; at = subject.indexOf('/', at + 1)) {
    const [one, other] = [subject.slice(0, at), subject.slice(at + 1)].map(side => idOf(side.trim()));
    if (one !== undefined && other !== undefined && one !== other) return [one, other];
  }
  return null;
}

function ratioFinding(
  gate: RatioGate,
  result: ScenarioResult,
  [one, other]: readonly [string, string],
): GateFinding {
  const finding = openFinding(result.scenario.id, `${one} ÷ ${other}`);
  if (result.validity === 'INVALID') return { ...finding, without: 'INVALID' };
  const found = ratioBetween(result, one, other);
  return found === null ? { ...finding, without: 'not measured' } : judged(gate, result, found, finding);
}

function judged(
  gate: RatioGate,
  result: ScenarioResult,
  { ratio: value, low, high, forks }: Comparison,
  open: GateFinding,
): GateFinding {
  const finding = { ...open, value, low, high };
  if (value === null || low === null || high === null)
    return { ...finding, without: 'too few forks', needed: neededFor(USUAL_FORKS, false, result) };
  const outcome = outcomeOf(low, high, bound => holds(gate, bound));
  if (outcome !== 'undecided') return { ...finding, outcome };
  const needed = forksToDecide({
    forks,
    halfWidthLog: Math.log(high / low) / 2,
    wantedLog: Math.abs(Math.log(value / gate.value)),
  });
  return { ...finding, needed: needed === null ? null : neededFor(needed, false, result) };
}
