import { expect, it } from 'vitest';
import { isAnswer } from '../../src/alternatives.js';
import { byAlternative, scenarioFor } from '../../src/analysis/alternatives.js';
import { alternativesScenario } from '../support/alternatives-fixture.js';
import { makeMeasurement, makeScenario } from '../support/report-fixture.js';

const rates = { a: 1, b: 1 };
const { scenario } = alternativesScenario(
  'lib',
  { limited: rates, queue: rates, piscina: rates },
  { measurement: makeMeasurement({ budgetMs: 40_000, mostBudgetMs: 120_000 }) },
);
const isAsked = (executor: string, baseline: string) =>
  isAnswer({ executor, baseline }, scenario.executors, 'limited lib=a');

it('answers are made of one executor with two values, and of two that run the same', () => {
  expect(isAsked('queue lib=b', 'queue lib=a')).toBe(true);
  expect(isAsked('queue lib=a', 'limited lib=a')).toBe(true);
  expect(isAsked('queue lib=b', 'limited lib=b')).toBe(true);
  expect(isAsked('queue lib=b', 'limited lib=a')).toBe(false);
  expect(isAsked('queue lib=b', 'piscina lib=b')).toBe(false);
});

it('where all run the same they are made of the comparisons with the baseline', () => {
  const { executors } = makeScenario().scenario;
  expect(isAnswer({ executor: 'queue', baseline: 'limited' }, executors, 'limited')).toBe(true);
  expect(isAnswer({ executor: 'queue', baseline: 'limited' }, executors, 'sequential')).toBe(false);
});

it('each value has a scenario with its parameters, its executors and its share of the budget', () => {
  const [a, b] = byAlternative(scenario);
  expect([a!.params, b!.params]).toEqual([{ lib: 'a' }, { lib: 'b' }]);
  expect(b!.executors.map(({ id }) => id)).toEqual(['limited lib=b', 'queue lib=b', 'piscina lib=b']);
  expect(b!.measurement).toMatchObject({ budgetMs: 20_000, mostBudgetMs: 60_000 });
});

it('a scenario whose executors run the same is the only one', () => {
  const plain = makeScenario().scenario;
  expect(byAlternative(plain)).toEqual([plain]);
  expect(scenarioFor(plain, plain.executors[0]!)).toBe(plain);
});
