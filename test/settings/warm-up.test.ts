import { expect, it, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { makePlan } from '../../src/plan/plan.js';
import { parseWarmUp } from '../../src/settings/checks.js';
import { catalogue } from '../plan/catalogue.js';

it.each([
  ['auto', { kind: 'auto' }],
  ['none', { kind: 'none' }],
  ['5s', { kind: 'time', ms: 5_000 }],
  ['250ms', { kind: 'time', ms: 250 }],
  ['2000 tasks', { kind: 'tasks', tasksPerWorker: 2_000 }],
  ['1 task', { kind: 'tasks', tasksPerWorker: 1 }],
  ['1.5m', { kind: 'time', ms: 90_000 }],
  ['2000', { kind: 'tasks', tasksPerWorker: 2_000 }],
  [2_000, { kind: 'tasks', tasksPerWorker: 2_000 }],
])('%j is a warm-up', (text, warmup) => {
  expect(parseWarmUp(text)).toEqual(warmup);
});

it.each(['', 'some', '5 s', '0', '0s', '-1', '1.5', '11m', 10_000_001, Number.NaN, true, null, {}])(
  '%j is none, and is told what would be',
  async warmup => {
    expect(parseWarmUp(warmup)).toBeNull();
    const input = { targets: ['http'], warmup: warmup as string };
    await expect(makePlan(input, { catalogue })).rejects.toThrow(UsageError);
    await expect(makePlan(input, { catalogue })).rejects.toThrow(
      /warmup: expected auto, none, a time .* such as 5s, or tasks per worker .*, got .*\. Write for example/,
    );
  },
);

test('a budget that was asked for is kept; another may grow where code takes long to warm up', async () => {
  const budgetsOf = async (input: object) => {
    const { scenarios } = await makePlan({ targets: ['http'], ...input }, { catalogue });
    const { budgetMs, mostBudgetMs } = scenarios[0]!.measurement;
    return { budgetMs, mostBudgetMs };
  };
  expect(await budgetsOf({})).toEqual({ budgetMs: 20_000, mostBudgetMs: 60_000 });
  expect(await budgetsOf({ budgetMs: 30_000 })).toEqual({ budgetMs: 30_000, mostBudgetMs: 30_000 });
});

test('a warm-up of so many seconds makes room for itself', async () => {
  const input = { targets: ['http'], executors: ['limited', 'queue'], warmup: '5s' };
  const { scenarios } = await makePlan(input, { catalogue });
  // Two executors in six forks.
  expect(scenarios[0]!.measurement.budgetMs).toBe(20_000 + 60_000);
});
