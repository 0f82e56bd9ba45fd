import { holds } from '../../predicate.js';
import type {
  Gate,
  GateFinding,
  GateVerdict,
  RatioChange,
  Report,
  RunChanges,
  RunRatio,
  ScenarioChanges,
  ScenarioResult,
} from '../../schema/index.js';
import { FORKS_FOR_INTERVAL, USUAL_FORKS } from '../../stats/comparison.js';
import { forksForChange } from '../../stats/precision.js';
import { comparedOf } from '../run-differences.js';
import { neededFor, openFinding, outcomeOf, verdictOn } from './verdict.js';

const WITHOUT = { INVALID: 'INVALID', 'no ratio': 'not measured', cold: 'not compared' } as const;

type SlowerGate = Extract<Gate, { kind: 'slower' }>;

/**
 * `slower>5%`: fails where the end of a change's interval that is nearer to 1 is past the bound, so that much was lost for
 * sure; passes where the whole interval is on this side of it. What one of the runs could not measure, or the later one has
 * not any more, is undecided: a gate that nothing went through has kept nothing out. Pure.
 */
export function judgeSlower(
  gate: SlowerGate,
  { isRefused, scenarios, scenariosOnlyIn }: RunChanges,
  next: Report,
): GateVerdict {
  if (isRefused) return verdictOn(gate, []);
  const later = comparedOf(next);
  const findings = scenarios.flatMap(scenario => {
    const result = later.find(one => one.scenario.id === scenario.id);
    return [
      ...scenario.changes.map(change => changeFinding(gate, change, scenario, result)),
      ...missingFindings(scenario),
    ];
  });
  return verdictOn(gate, [...findings, ...scenariosOnlyIn.base.map(id => notCompared(id))]);
}

/** @param executor its scenario as a whole, if there is none */
function notCompared(scenario: string, executor = scenario): GateFinding {
  return { ...openFinding(scenario, executor), without: 'not compared' };
}

function changeFinding(
  gate: SlowerGate,
  { executor, change, low, high, before, after }: RatioChange,
  { id }: ScenarioChanges,
  result: ScenarioResult | undefined,
): GateFinding {
  const finding = { ...openFinding(id, executor), value: change, low, high };
  if (change === null || low === null || high === null)
    return { ...finding, without: 'too few forks', needed: neededFor(USUAL_FORKS, hasFew(before), result) };
  const outcome = outcomeOf(low, high, ratio => !holds(gate, 1 - ratio));
  if (outcome !== 'undecided') return { ...finding, outcome };
  const distanceLog = Math.log(change) - Math.log1p(-gate.value);
  const needed = forksForChange(before.forkLogRatios, after.forkLogRatios, distanceLog);
  return { ...finding, needed: needed && neededFor(needed.forks, needed.inBoth, result) };
}

/** More forks of the later run alone would make no interval. */
function hasFew({ forkLogRatios }: RunRatio): boolean {
  return forkLogRatios.length < FORKS_FOR_INTERVAL;
}

function missingFindings({ id, leftOut, without, itself, executorsOnlyIn }: ScenarioChanges): GateFinding[] {
  const left = leftOut.map(({ executor, reason }) => ({
    ...openFinding(id, executor),
    without: WITHOUT[reason],
  }));
  const executors = [...left, ...executorsOnlyIn.base.map(executor => notCompared(id, executor))];
  // One executor alone has no ratio in any run: nobody can have meant it. Where none is in both, each is gone.
  if (without === null || without === 'one executor' || without === 'no common executor') return executors;
  const finding = notCompared(id, itself?.executor);
  return [...executors, without === 'INVALID' ? { ...finding, without } : finding];
}
