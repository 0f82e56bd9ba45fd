import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.js';
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
