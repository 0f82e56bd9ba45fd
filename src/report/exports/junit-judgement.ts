import { formatGate } from '../../predicate.js';
import type {
  GateOutcome,
  GateVerdict,
  RatioChange,
  RunChanges,
  ScenarioChanges,
} from '../../schema/index.js';
import { gateHeadline, gateNotes } from '../words/gates.js';
import { changeHeadline, changeText } from '../words/run-changes.js';
import { differenceNotes } from '../words/run-differences.js';
import type { CaseResult, TestCase } from './junit-cases.js';

const GATE_RESULTS: Readonly<Record<GateOutcome, CaseResult>> = {
  passes: 'passed',
  fails: 'failure',
  undecided: 'skipped',
};

/** A case for each gate: undecided is skipped, not passed. */
export function gateCases(gates: readonly GateVerdict[]): TestCase[] {
  return gates.map(verdict => ({
    name: formatGate(verdict.gate),
    about: verdict.gate.kind,
    result: GATE_RESULTS[verdict.outcome],
    message: [
      gateHeadline(verdict),
      ...gateNotes(verdict).map(({ label, text }) => `${label}: ${text}`),
    ].join('; '),
    ...(verdict.outcome === 'fails' && { type: 'gate' }),
  }));
}

/** A case for each ratio: that one gained or lost is no fault of either, and for gates to judge. */
export function changeCases({ isRefused, differences, scenarios }: RunChanges): TestCase[] {
  if (isRefused) {
    const grave = differenceNotes(differences.filter(({ isGrave }) => isGrave));
    const message = `not compared: ${grave.map(({ text }) => text).join('; ')}`;
    return [{ name: 'the runs can be compared', about: 'runs', result: 'skipped', message }];
  }
  return scenarios.flatMap(scenarioCases);
}

function scenarioCases(scenario: ScenarioChanges): TestCase[] {
  const { id, of, changes } = scenario;
  if (changes.length === 0)
    return [{ name: `change of ${of}`, about: id, result: 'skipped', message: changeHeadline(scenario) }];
  return changes.map(one => changeCase(scenario, one));
}

function changeCase({ id, of, baseline }: ScenarioChanges, one: RatioChange): TestCase {
  const isDecided = one.verdict === 'gained' || one.verdict === 'lost';
  return {
    name: `change of ${of} against ${baseline}`,
    about: `${id}.${one.executor}`,
    result: isDecided ? 'passed' : 'skipped',
    message: `${isDecided ? '' : 'undecided, '}${one.verdict}, ${changeText(one)} of what it was`,
  };
}
