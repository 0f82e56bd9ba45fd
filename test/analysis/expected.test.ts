import { expect, test } from 'vitest';
import { expectedTrialMs, tooLong } from '../../src/analysis/expected.js';
import { makePlan } from '../../src/plan/plan.js';
import type { ExecutorVariant, Scenario, TaskAlone } from '../../src/schema/index.js';

const RESOURCES = { cores: 2, uvThreads: 4 };
/** Waits 60 ms, computes next to nothing. */
const ALONE: TaskAlone = { tasks: 10, serviceMs: 60, cpuMs: 0.01 };

async function scenarioOf(tasks: number, more: object = {}): Promise<Scenario> {
  const executors = ['sequential', 'limited', 'queue'];
  const plan = await makePlan({ targets: ['http'], tasks, executors, inFlight: 60, threads: 2, ...more });
  return plan.scenarios[0]!;
}

const variant = (scenario: Scenario, id: string): ExecutorVariant =>
  scenario.executors.find(executor => executor.id === id)!;

test('a trial takes as long as its waves', async () => {
  const scenario = await scenarioOf(600);
  const expected = (id: string) => expectedTrialMs(scenario, variant(scenario, id), ALONE, RESOURCES);
  expect(expected('sequential')).toBeCloseTo(36_000);
  expect(expected('limited')).toBeCloseTo(600);
  expect(expectedTrialMs(scenario, variant(scenario, 'limited'), null, RESOURCES)).toBe(0);
});

test('an executor whose single trial outlasts everything is left out, unless there is time for it', async () => {
  const left = async (tasks: number, more = {}) => [...tooLong(await scenarioOf(tasks, more), ALONE)];
  expect(await left(4_000)).toEqual([]);
  expect(await left(100_000)).toEqual([['sequential', 6_000_000]]);
  expect(await left(100_000, { budgetMs: 7_000_000 })).toEqual([]);
  // With nobody left there would be nothing to measure.
  expect(await left(100_000, { executors: ['sequential'] })).toEqual([]);
  expect(tooLong(await scenarioOf(100_000), null).size).toBe(0);
});

test('tasks that compute alone as if nothing were warm yet leave nobody out', async () => {
  const cold = { ...ALONE, cpuMs: 20 };
  expect([...tooLong(await scenarioOf(100_000), cold).keys()]).toEqual(['sequential']);
});

test('a load that says how long it is takes so long', async () => {
  const scenario = await scenarioOf(1, { tasks: undefined, durationMs: 4_000 });
  expect(expectedTrialMs(scenario, variant(scenario, 'sequential'), ALONE, RESOURCES)).toBe(4_000);
});
