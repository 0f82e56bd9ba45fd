import { expect, it } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { ExecutorVariant } from '../../src/schema/index.js';
import { catalogue } from './catalogue.js';

async function planned(input: PlanInput) {
  const own = { targets: ['http'], executors: ['limited', 'queue'], ...input };
  return (await makePlan(own, { catalogue, defaultThreads: 2, randomSeed: () => 7 })).scenarios;
}

const CLIENTS = { client: ['request', 'fetch'] };
const idsOf = (executors: readonly ExecutorVariant[]) => executors.map(({ id }) => id);

it('values that are no numbers are variants of every executor in one scenario', async () => {
  const [scenario, ...others] = await planned({ params: CLIENTS });
  expect(others).toEqual([]);
  expect(scenario!.id).toBe('http');
  expect(scenario!.params.client).toBe('request');
  expect(idsOf(scenario!.executors)).toEqual([
    'limited client=request',
    'limited client=fetch',
    'queue client=request',
    'queue client=fetch',
  ]);
  const [request, fetch] = scenario!.executors;
  expect([request!.params, fetch!.params]).toEqual([{}, { client: 'fetch' }]);
  expect(fetch).toMatchObject({
    axis: { name: 'param.client', value: 'fetch' },
    series: 'limited',
    workload: null,
    alternative: {
      name: 'client=fetch',
      label: 'fetch',
      of: 'client',
      peer: { id: 'limited', label: 'limited', series: 'limited' },
      params: { waitMs: 50, client: 'fetch', path: '/', headers: {} },
    },
  });
  // With other values of a parameter a task may give other results.
  expect(request!.alternative!.sameResults).not.toBe(fetch!.alternative!.sameResults);
});

it('numbers, and what changes the server, still make scenarios', async () => {
  const numbers = await planned({ params: { waitMs: [1, 5], ...CLIENTS } });
  expect(numbers.map(({ id, axis }) => [id, axis?.value])).toEqual([
    ['http waitMs=1', 1],
    ['http waitMs=5', 5],
  ]);
  expect(numbers.map(({ executors }) => executors.length)).toEqual([4, 4]);
  const paths = await planned({ params: { path: ['/a', '/b'] } });
  expect(paths).toHaveLength(1);
  const latencies = await makePlan({
    targets: ['http'],
    executors: ['limited'],
    params: { latency: ['fixed', 'lognormal'] },
  });
  expect(latencies.scenarios.map(({ id }) => id)).toEqual(['http latency=fixed', 'http latency=lognormal']);
});

it('numbers are compared too where one of them is the baseline', async () => {
  const asked = { targets: ['cpu'], params: { cpuMs: [1, 5] } };
  const [scenario, ...others] = await planned({ ...asked, baseline: 'cpuMs=1' });
  expect(others).toEqual([]);
  expect(idsOf(scenario!.executors)).toEqual([
    'limited cpuMs=1',
    'limited cpuMs=5',
    'queue cpuMs=1',
    'queue cpuMs=5',
  ]);
  expect(scenario!.baseline).toBe('limited cpuMs=1');
  await expect(planned({ ...asked, baseline: 'cpuMs=2' })).rejects.toThrow('cpuMs=1');
  // Each value has a server of its own.
  const served = planned({ params: { waitMs: [1, 5] }, baseline: 'waitMs=1' });
  await expect(served).rejects.toThrow('the embedded server stays the same');
});

it('threads vary beside them, and tell variants apart that run the same', async () => {
  const [scenario] = await planned({ params: CLIENTS, threads: [1, 2], inFlight: 16 });
  const queue = scenario!.executors.filter(({ name }) => name === 'queue');
  expect(queue.map(({ id, label, axis }) => [id, label, axis?.value])).toEqual([
    ['queue threads=1 client=request', 'queue client=request', 1],
    ['queue threads=1 client=fetch', 'queue client=fetch', 1],
    ['queue threads=2 client=request', 'queue client=request', 2],
    ['queue threads=2 client=fetch', 'queue client=fetch', 2],
  ]);
  expect(queue[3]!.alternative!.peer).toEqual({ id: 'queue threads=2', label: 'queue', series: 'queue' });
});

it('an executor with a value of its own has that one alone', async () => {
  const executors = ['limited', { executor: 'queue', params: { client: 'fetch' } }];
  const [scenario] = await planned({ executors, params: CLIENTS });
  expect(idsOf(scenario!.executors)).toEqual(['limited client=request', 'limited client=fetch', 'queue']);
  expect(scenario!.executors[2]!.alternative).toMatchObject({ name: 'client=fetch', peer: { id: 'queue' } });
});

it.each([
  [undefined, 'limited client=request'],
  ['client=fetch', 'limited client=fetch'],
  ['fetch', 'limited client=fetch'],
  ['queue', 'queue client=request'],
  ['queue client=fetch', 'queue client=fetch'],
])('the baseline %s is %s', async (baseline, id) => {
  const [scenario] = await planned({ params: CLIENTS, ...(baseline !== undefined && { baseline }) });
  expect(scenario!.baseline).toBe(id);
});

it('a baseline by a value that is not compared is refused with the one that was meant', async () => {
  const asked = planned({ params: CLIENTS, baseline: 'client=fetsh' });
  await expect(asked).rejects.toThrow(/Did you mean client=fetch\? Expected one of /);
});

it('each has the time that it would have by itself, unless the budget is given', async () => {
  const [one] = await planned({});
  const [two] = await planned({ params: CLIENTS });
  expect(two!.measurement.budgetMs).toBe(2 * one!.measurement.budgetMs);
  expect(two!.measurement.mostBudgetMs).toBe(2 * one!.measurement.mostBudgetMs);
  const [asked] = await planned({ params: CLIENTS, budgetMs: 30_000 });
  expect(asked!.measurement).toMatchObject({ budgetMs: 30_000, mostBudgetMs: 30_000 });
});
