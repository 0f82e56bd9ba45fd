import type { Comparison, GateFinding, ScenarioResult } from '../../schema/index.js';
import { USUAL_FORKS } from '../../stats/comparison.js';
import { forksToDecide } from '../../stats/precision.js';
import { ratioBetween } from '../ratio-between.js';
import { neededFor, openFinding, outcomeOf } from './verdict.js';

/** What the ratio of a pair is held against. */
interface PairBound {
  readonly value: number;
  isGood(ratio: number): boolean;
}

/** Of two executors of one run, by the interval of their comparison, whichever way round it is listed. Pure. */
export function pairFinding(
  result: ScenarioResult,
  [one, other]: readonly [string, string],
  bound: PairBound,
): GateFinding {
  const finding = { ...openFinding(result.scenario.id, one), against: other };
  if (result.validity === 'INVALID') return { ...finding, without: 'INVALID' };
  const found = ratioBetween(result, one, other);
  return found === null ? { ...finding, without: 'not measured' } : judged(bound, result, found, finding);
}

function judged(
  { value: bound, isGood }: PairBound,
  result: ScenarioResult,
  { ratio: value, low, high, forks }: Comparison,
  open: GateFinding,
): GateFinding {
  const finding = { ...open, value, low, high };
  if (value === null || low === null || high === null)
    return { ...finding, without: 'too few forks', needed: neededFor(USUAL_FORKS, false, result) };
  const outcome = outcomeOf(low, high, isGood);
  if (outcome !== 'undecided') return { ...finding, outcome };
  const needed = forksToDecide({
    forks,
    halfWidthLog: Math.log(high / low) / 2,
    wantedLog: Math.abs(Math.log(value / bound)),
  });
  return { ...finding, needed: needed === null ? null : neededFor(needed, false, result) };
}
