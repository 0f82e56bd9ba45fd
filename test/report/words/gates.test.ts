import { expect, it } from 'vitest';
import { judgeRatio } from '../../../src/analysis/gates/ratio.js';
import { conclude } from '../../../src/report/words/conclusion.js';
import { gateNotes } from '../../../src/report/words/gates.js';
import { makeComparison } from '../../support/report-fixture.js';
import { ratiosScenario, runOf } from '../../support/runs-fixture.js';

const GATE = { kind: 'ratio', subject: 'queue/limited', operator: '>', value: 1.5 } as const;
const failing = (halfWidth: number) => {
  const comparisons = [makeComparison('queue', 'limited', 1, halfWidth)];
  const scenario = ratiosScenario({ queue: 1 }, { comparisons });
  const { outcome, findings } = judgeRatio(GATE, runOf([scenario]));
  expect(outcome).toBe('fails');
  return {
    headline: conclude(scenario).headline,
    told: gateNotes({ gate: GATE, outcome, findings })[0]!.text,
  };
};

it('a gate that fails below "not measured precisely enough" says why both are true', () => {
  const { headline, told } = failing(0.2);
  expect(headline).toMatch(/not measured precisely enough/);
  expect(told).toBe(
    'computing: queue ÷ limited is 1.0× [0.8, 1.2]; wide as it is, all of that interval is past the bound',
  );
});

it('one of a narrow interval says no more than its figure', () => {
  expect(failing(0.02).told).toBe('computing: queue ÷ limited is 1.00× [0.98, 1.02]');
});
