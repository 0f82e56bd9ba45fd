import { expect, test } from 'vitest';
import type { ExecutorResult, ScenarioResult } from '../../src/schema/index.js';
import { makeExecutor, makeScenario, withPlan, withVariant } from '../support/report-fixture.js';
import { whyText } from '../support/why-text.js';

const loop = makeExecutor({ name: 'limited', perSecond: 1_000 });
const pool = makeExecutor({ name: 'queue', perSecond: 990 });

function recorded(alone: { serviceMs: number; cpuMs: number }): ScenarioResult {
  const limitedBy = alone.cpuMs < alone.serviceMs / 2 ? ('waiting' as const) : ('cpu' as const);
  const ideal = { perSecond: 1_100, limitedBy, uvThreads: null, share: 0.9 };
  const executors = [loop, pool].map((executor): ExecutorResult => ({ ...executor, ideal }));
  return makeScenario({ executors, alone: { tasks: 20, ...alone } });
}

const reasons = (scenario: ScenarioResult) => whyText(scenario, scenario.executors);

test('waiting and computing change places: so do the words', () => {
  const [waits, computes] = [
    { serviceMs: 50, cpuMs: 1 },
    { serviceMs: 50, cpuMs: 49 },
  ].map(alone => reasons(recorded(alone))!);
  expect(waits).toMatch(/^A task is 98 % waiting; waiting allows 1,100\/s/);
  expect(computes).toMatch(/^A task is 98 % computing; computing allows 1,100\/s/);
});

test.each(['scrypt', 'sleep', 'http', 'libuv'])(
  'a workload called %s is explained in the same words',
  workload => {
    const scenario = recorded({ serviceMs: 50, cpuMs: 1 });
    const renamed = withPlan(scenario, { workload: { ...scenario.scenario.workload, name: workload } });
    expect(reasons(renamed)).toBe(reasons(scenario));
  },
);

test('workers that wait for the threads of libuv, which compute beside the loop', () => {
  const ideal = { perSecond: 73, limitedBy: 'libuv' as const, uvThreads: 4, share: 0.97 };
  const idle = { utilization: 0.03, bystanderWaitMs: 0.1, p50Ms: 1, p99Ms: 1, maxMs: 1 };
  const executors: ExecutorResult[] = [
    { ...loop, ideal, coresUsed: 3.9, loop: idle },
    { ...withVariant(pool, { threads: 8 }), ideal, coresUsed: 3.9 },
  ];
  const scenario = makeScenario({ executors, alone: { tasks: 20, serviceMs: 55, cpuMs: 54 } });
  expect(reasons(scenario)).toBe(
    "A task is 98 % computing, on libuv's threads and not on the loop: `limited` kept 3.9 cores busy, its loop 3.0 %; " +
      "libuv's 4 threads allow 73/s, `limited` reached 97 %, `queue` 97 %. " +
      'The 8 workers of `queue` wait for the same 4 threads of libuv',
  );
});

test('threads of V8 beside a busy loop are not said to be those of libuv', () => {
  const busy = { utilization: 1, bystanderWaitMs: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
  const scenario = makeScenario({
    alone: { tasks: 20, serviceMs: 1, cpuMs: 1 },
    executors: [makeExecutor({ coresUsed: 1.7, loop: busy })],
  });
  expect(whyText(scenario, scenario.executors)).not.toContain('libuv');
});

test('cores that are busy while tasks wait are not said to do their work', () => {
  const half = { utilization: 0.49, bystanderWaitMs: 0.2, p50Ms: 0.1, p99Ms: 1, maxMs: 1 };
  const executors = [{ ...loop, coresUsed: 1, loop: half }, pool];
  const text = reasons(makeScenario({ executors, alone: { tasks: 20, serviceMs: 50, cpuMs: 1 } }))!;
  expect(text).toBe('A task is 98 % waiting');
});

test('a loop that computes itself is not said to compute elsewhere', () => {
  const busy = { utilization: 0.99, bystanderWaitMs: 3, p50Ms: 5, p99Ms: 6, maxMs: 6 };
  const executors = [{ ...loop, coresUsed: 1.02, loop: busy }, pool];
  const text = reasons(makeScenario({ executors, alone: { tasks: 20, serviceMs: 5, cpuMs: 5 } }))!;
  expect(text).not.toMatch(/libuv/);
  expect(text).toMatch(
    /The loop of `limited` was busy 99 % of the time: a timer there would have waited 3.0 ms on average/,
  );
});

test('at most two sentences, and nothing where nothing was measured', () => {
  const text = reasons(recorded({ serviceMs: 50, cpuMs: 1 }))!;
  expect(text.split('. ').length).toBeLessThanOrEqual(2);
  expect(
    whyText(makeScenario({ executors: [{ ...loop, ideal: null }], alone: null }), [{ ...loop, ideal: null }]),
  ).toBeNull();
});
