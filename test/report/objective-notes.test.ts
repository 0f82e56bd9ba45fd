import { expect, it } from 'vitest';
import { objectiveNotes } from '../../src/report/words/objectives.js';
import type { ObjectiveFinding } from '../../src/schema/index.js';
import { makeDistribution, makeExecutor, makeScenario } from '../support/report-fixture.js';

/** Of 6,000 tasks, of which the share failed that the finding has. */
function noteOf(finding: ObjectiveFinding): string {
  const executor = makeExecutor({ slo: [finding], latencyMs: makeDistribution(30, 6_000) });
  const failedTasks = finding.predicate.metric === 'failed' ? Math.round(6_000 * finding.value!) : 0;
  const outcomes = {
    issued: 6_000,
    completed: 6_000 - failedTasks,
    cancelled: 0,
    failed: { 'http-503': failedTasks },
  };
  const scenario = makeScenario({ slo: [finding.predicate], executors: [{ ...executor, outcomes }] });
  return objectiveNotes(scenario)[0]!.text;
}

const failed = { metric: 'failed', operator: '<', value: 0.001 } as const;
const max = { metric: 'max', operator: '<', value: 50 } as const;

it.each<[string, ObjectiveFinding]>([
  [
    'failed < 0.1 % is not shown: `limited` (0 %, at most 0.99 %)',
    { predicate: failed, value: 0, bound: 0.00993, met: false, beyondShare: null },
  ],
  [
    'failed < 0.1 % is not met: `limited` (1.2 %, at most 1.6 %)',
    { predicate: failed, value: 0.012, bound: 0.016, met: false, beyondShare: null },
  ],
  [
    'max < 50 ms is met: `limited` (48 ms in 6,000 tasks, so at most 0.05 % are above 50 ms)',
    { predicate: max, value: 48, bound: null, met: true, beyondShare: 0.0005 },
  ],
  [
    'max < 50 ms is not met: `limited` (61 ms in 6,000 tasks)',
    { predicate: max, value: 61, bound: null, met: false, beyondShare: null },
  ],
])('%s', (text, finding) => {
  expect(noteOf(finding)).toBe(text);
});
