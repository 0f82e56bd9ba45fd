import { expect, test } from 'vitest';
import { paintFor } from '../../src/report/terminal/paint.js';
import { timelineLines } from '../../src/report/terminal/timeline.js';
import { traceTable } from '../../src/report/view/results.js';
import type { ExecutorResult, Trace } from '../../src/schema/index.js';
import { makeExecutor, makeScenario } from '../support/report-fixture.js';

const paint = paintFor(false);

function trace(wallMs: number, lanes: Record<number, readonly number[]>, more: Partial<Trace> = {}): Trace {
  return {
    wallMs,
    tasks: 4,
    lanes: Object.entries(lanes).map(([worker, inFlight]) => ({
      worker: Number(worker),
      tasks: 2,
      inFlight,
    })),
    first: [],
    arrived: [0, 1, 2, 3],
    ...more,
  };
}

const traced = (name: string, one: Trace, more: Partial<ExecutorResult> = {}) =>
  makeExecutor({ name, trace: one, firstResultMs: 10, lastResultMs: 20, ...more });

test('lanes of all executors lie over the same time, and show how many are in flight', () => {
  const executors = [
    traced('sequential', trace(100, { 0: [1, 1, 1, 1] })),
    traced('promise-all', trace(25, { 0: [64, 64, 64, 64] })),
    traced('queue', trace(50, { 0: [1, 1], 1: [1, 0] })),
  ];
  const lines = timelineLines(makeScenario({ executors }), 80, paint);
  expect(lines[0]).toBe('one trial each, 0 to 100 ms; ▁ a task at a time, █ 64');
  const plots = lines.slice(1).map(line => line.split('│'));
  const width = plots[0]![1]!.length;
  expect(plots.map(([name]) => name!.trim())).toEqual([
    'sequential  loop',
    'promise-all loop',
    'queue       thread 1',
    'thread 2',
  ]);
  const drawn = plots.map(([, plot]) => plot!.trimEnd());
  expect(drawn[0]).toBe('▁'.repeat(width));
  expect(drawn[1]).toMatch(/^█+[▁-▇]?$/);
  expect(drawn[1]!.length).toBeGreaterThanOrEqual(Math.floor(width / 4));
  expect(drawn[1]!.length).toBeLessThanOrEqual(Math.ceil(width / 4));
  expect(drawn[2]!.length).toBeCloseTo(width / 2, -1);
  expect(drawn[3]!.length).toBeCloseTo(width / 4, -1);
  expect(plots.map(plot => plot[2]!.trim())).toEqual([
    '2 tasks, 1 at once',
    '2 tasks, 64 at once',
    '2 tasks, 1 at once',
    '2 tasks, 1 at once',
  ]);
});

test('fits its width, and is left out where there is no room or no trace', () => {
  const scenario = makeScenario({ executors: [traced('sequential', trace(100, { 0: [1] }))] });
  for (const width of [60, 80, 120])
    for (const line of timelineLines(scenario, width, paint)) expect(line.length).toBeLessThanOrEqual(width);
  expect(timelineLines(scenario, 30, paint)).toEqual([]);
  expect(timelineLines(makeScenario(), 80, paint)).toEqual([]);
});

test('more workers than lines: the last line says how many are left out', () => {
  const lanes = Object.fromEntries(Array.from({ length: 11 }, (_, worker) => [worker, [1]]));
  const lines = timelineLines(makeScenario({ executors: [traced('queue', trace(10, lanes))] }), 100, paint);
  expect(lines).toHaveLength(9);
  expect(lines.at(-1)).toMatch(/thread 8.*3 more alike$/);
});

test('order of completion, and who ran which task', () => {
  const task = (index: number, worker: number) => ({
    index,
    worker,
    startedMs: 0,
    finishedMs: 1,
    outcome: 'completed',
    says: String(index),
  });
  const executors = [
    traced('promise-all', trace(10, { 0: [4] }, { arrived: [3, 0, 2, 1] })),
    traced(
      'queue',
      trace(10, { 0: [1], 1: [1] }, { first: [task(0, 0), task(1, 1), task(2, 0), task(3, 1)] }),
    ),
  ];
  const [heading, ...rows] = traceTable(makeScenario({ executors }), 78, paint);
  expect(heading).toMatch(/^results +first +last +came in the order +ran on$/);
  expect(rows[0]).toMatch(/^promise-all +10 ms +20 ms +4, 1, 3, 2 +the main thread$/);
  expect(rows[1]).toMatch(/^queue +10 ms +20 ms +1, 2, 3, 4 +2 threads$/);
  expect(rows.slice(2)).toEqual([
    'Whatever came first, results are kept in the order of the tasks: 1, 2, 3, …',
    'queue: thread 1 ran 1 3; thread 2 ran 2 4',
  ]);
});

test('results that are lines are listed in the order of the tasks, failures as errors', () => {
  const line = (index: number, outcome: string, says: string) => ({
    index,
    worker: 0,
    startedMs: 0,
    finishedMs: 1,
    outcome,
    says,
  });
  const first = [line(0, 'completed', '/sites/news - 200'), line(1, 'http-503', '/sites/shop - 503')];
  const executors = [traced('limited', trace(10, { 0: [2] }, { tasks: 2, first, arrived: [1, 0] }))];
  expect(traceTable(makeScenario({ executors }), 100, paint).slice(3)).toEqual([
    'what limited kept, in the order of the tasks:',
    '  1  /sites/news - 200',
    '  2  Error: /sites/shop - 503',
  ]);
});
