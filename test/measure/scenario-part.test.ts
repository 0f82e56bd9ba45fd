import { describe, expect, it } from 'vitest';
import { budgetsOf, isCold, ScenarioPart, steadinessOf } from '../../src/measure/scenario-part.js';
import type { WarmPlan } from '../../src/measure/warm-plan.js';
import { alternativesScenario } from '../support/alternatives-fixture.js';
import { makeMeasurement, STEADY } from '../support/report-fixture.js';

const { scenario } = alternativesScenario(
  'lib',
  { limited: { a: 1, b: 1 } },
  { measurement: makeMeasurement({ budgetMs: 40_000, mostBudgetMs: 120_000 }) },
);
const need = { tasks: 400, cpuMs: 900, settledTasks: 300 };
const warmed: WarmPlan = {
  warming: { kind: 'need', need, byCpu: false },
  steadiness: { ...STEADY, by: 'pilot', neededTasks: 400, neededMs: 900 },
  budgetMs: 25_010,
  forkBudgetMs: 4_000,
};
const unaffordable: WarmPlan = {
  warming: { kind: 'none' },
  steadiness: {
    ...STEADY,
    state: 'not warm',
    by: 'pilot',
    neededTasks: 9_000,
    neededMs: 5_000,
    budgetMs: 45_000,
  },
  budgetMs: 20_000,
  forkBudgetMs: 3_000,
};

function partsWith(...plans: readonly WarmPlan[]): readonly ScenarioPart[] {
  const parts = ScenarioPart.of(scenario);
  for (const [at, part] of parts.entries()) part.warmPlan = plans[at]!;
  return parts;
}

it('what the parts of a scenario take adds up', () => {
  expect(budgetsOf(partsWith(warmed, unaffordable))).toEqual({ budgetMs: 45_100, forkBudgetMs: 7_000 });
});

describe('where one of two cannot be warmed', () => {
  const parts = partsWith(warmed, unaffordable);

  it('both are measured cold, as they are compared', () => {
    expect(isCold(parts)).toBe(true);
    expect(isCold(partsWith(warmed, warmed))).toBe(false);
  });

  it('it is said with the budget of both together', () => {
    expect(steadinessOf(parts)).toMatchObject({ state: 'not warm', neededTasks: 9_000, budgetMs: 90_000 });
  });

  it('the other goes on if all tasks of the one fail: there is no code to warm', () => {
    parts[1]!.allFail = true;
    expect(isCold(parts)).toBe(false);
    expect(steadinessOf(parts).state).toBe('steady');
  });
});

it('workers that had fewer tasks than their own code needs are not warm', () => {
  const waits: WarmPlan = { ...warmed, steadiness: STEADY };
  const parts = partsWith(warmed, waits);
  parts[1]!.addWarmed(10);
  parts[0]!.addWarmed(500);
  expect(steadinessOf(parts)).toMatchObject({ state: 'steady', by: 'pilot' });
  parts[0]!.addWarmed(399);
  expect(steadinessOf(parts)).toMatchObject({ state: 'not warm', neededTasks: 400 });
});
