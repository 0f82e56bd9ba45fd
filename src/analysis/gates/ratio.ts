import { holds } from '../../predicate.js';
import type { Gate, GateVerdict, Report } from '../../schema/index.js';
import { comparedOf } from '../run-differences.js';
import { pairFinding } from './pair.js';
import { verdictOn } from './verdict.js';

type RatioGate = Extract<Gate, { kind: 'ratio' }>;

/**
 * `queue/limited ratio>1.5`, of each scenario that has both: by the interval of their comparison, whichever way round it is
 * listed. Of latencies the ratio is above 1 where the first is sooner, as everywhere. Pure.
 */
export function judgeRatio(gate: RatioGate, report: Report): GateVerdict {
  const findings = comparedOf(report).flatMap(result => {
    const named = executorsNamed(gate.subject, result.scenario.executors);
    const isGood = (ratio: number) => holds(gate, ratio);
    return named === null ? [] : [pairFinding(result, named, { value: gate.value, isGood })];
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
