import { expect, test } from 'vitest';
import { exitCodeOf, gateCodeOf, gravest } from '../../src/cli/exit-code.js';
import { makePlan } from '../../src/plan/plan.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import { catalogue } from '../plan/catalogue.js';
import { makeLostTrial, makeMeasuredTrial } from '../support/report-fixture.js';
import { executorResult, reportOf, scenarioResult } from './report-fixture.js';

const plan = await makePlan({ targets: ['cpu'] }, { catalogue });
const scenario = (more: Partial<ScenarioResult>) => scenarioResult(plan.scenarios[0]!, more);
const invalid = scenario({ validity: 'INVALID' });
const weak = scenario({ validity: 'WEAK' });
const lost = scenario({ executors: [executorResult('queue', { lostTrials: 1 })] });
const allLost = scenario({
  stoppedBy: 'lost',
  validity: 'INVALID',
  executors: [executorResult('queue', { lostTrials: 2, trials: [makeLostTrial('gone')] })],
});
/** It lost a trial, and what it measured disagrees. */
const lostAndInvalid = scenario({
  validity: 'INVALID',
  executors: [
    executorResult('queue', {
      lostTrials: 1,
      trials: [makeMeasuredTrial({ faults: [{ code: 'not-issued', issued: 8, expected: 9 }] })],
    }),
  ],
});

test.each([
  [0, [], false],
  [0, [weak], false],
  [1, [weak, lost], false],
  [1, [allLost], false],
  [1, [allLost, weak], false],
  [3, [lost, invalid], false],
  [3, [allLost, invalid], false],
  [3, [lostAndInvalid], false],
  [130, [lost, invalid], true],
])('exits %i', (code, scenarios, interrupted) => {
  expect(exitCodeOf(reportOf(plan, { scenarios, interrupted }))).toBe(code);
});

test('a run that SIGTERM ended exits 143, whatever it measured', () => {
  expect(exitCodeOf(reportOf(plan, { scenarios: [lost, invalid], interrupted: true }), 143)).toBe(143);
  expect(exitCodeOf(reportOf(plan, { scenarios: [invalid], interrupted: false }), 143)).toBe(3);
});

test('codes rank 130 or 143, 2, 3, 1, 4, 0', () => {
  const ranking = [130, 143, 2, 3, 1, 4, 0];
  for (const [at, code] of ranking.entries()) expect(gravest(...ranking.slice(at).reverse())).toBe(code);
  expect(gravest()).toBe(0);
});

test.each([
  [0, []],
  [0, ['passes', 'passes']],
  [4, ['passes', 'undecided']],
  [1, ['undecided', 'fails', 'passes']],
] as const)('gates exit %i: %j', (code, outcomes) => {
  const gates = outcomes.map(outcome => ({ gate: { kind: 'slo' } as const, outcome, findings: [] }));
  expect(gateCodeOf(gates)).toBe(code);
});
