import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/html.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { renderTable } from '../../src/report/terminal/table.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { renderTimeline } from '../../src/report/terminal/timeline.js';
import { resultsOf } from '../../src/report/view/results.js';
import { timelineOf } from '../../src/report/view/timeline.js';
import type {
  ExecutorResult,
  FailureMessage,
  Scenario,
  ScenarioResult,
  Trace,
} from '../../src/schema/index.js';
import { makeExecutor, makeReport, makeScenario } from '../support/report-fixture.js';

function linesOf(scenario: ScenarioResult, width: number): string[] {
  const timeline = timelineOf(scenario);
  return timeline === null ? [] : renderTimeline(timeline, width, WITHOUT_COLOUR);
}

function trace(wallMs: number, tracks: Record<number, readonly number[]>, more: Partial<Trace> = {}): Trace {
  return {
    wallMs,
    tasks: 4,
    tracks: Object.entries(tracks).map(([worker, inFlight]) => ({
      worker: Number(worker),
      tasks: 2,
      inFlight,
    })),
    first: [],
    arrived: [0, 1, 2, 3],
    all: null,
    ...more,
  };
}

const traced = (name: string, one: Trace, more: Partial<ExecutorResult> = {}) =>
  makeExecutor({ name, trace: one, firstResultMs: 10, lastResultMs: 20, ...more });

test('tracks of all executors lie over the same time, and show how many are in flight', () => {
  const executors = [
    traced('sequential', trace(100, { 0: [1, 1, 1, 1] })),
    traced('promise-all', trace(25, { 0: [64, 64, 64, 64] })),
    traced('queue', trace(50, { 0: [1, 1], 1: [1, 0] })),
  ];
  const lines = linesOf(makeScenario({ executors }), 80);
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
    for (const line of linesOf(scenario, width)) expect(line.length).toBeLessThanOrEqual(width);
  expect(linesOf(scenario, 30)).toEqual([]);
  expect(linesOf(makeScenario(), 80)).toEqual([]);
});

test('more workers than lines: the last line says how many are left out', () => {
  const tracks = Object.fromEntries(Array.from({ length: 11 }, (_, worker) => [worker, [1]]));
  const lines = linesOf(makeScenario({ executors: [traced('queue', trace(10, tracks))] }), 100);
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
  const results = resultsOf(makeScenario({ executors }))!;
  const [heading, ...rows] = renderTable(results.table, 78, WITHOUT_COLOUR);
  expect(heading).toMatch(/^results +first +last +came in the order +ran on$/);
  expect(rows[0]).toMatch(/^promise-all +10 ms +20 ms +4, 1, 3, 2 +the main thread$/);
  expect(rows[1]).toMatch(/^queue +10 ms +20 ms +1, 2, 3, 4 +2 threads$/);
  expect(results.remark).toBe('Whatever came first, results are kept in the order of the tasks: 1, 2, 3, …');
  expect(results.workers).toEqual([
    { label: 'queue', text: 'thread 1 ran 1 3; thread 2 ran 2 4', tone: null },
  ]);
});

test('results that are lines are listed in the order of the tasks, failures as errors', () => {
  const line = (index: number, outcome: string, says: FailureMessage) => ({
    index,
    worker: 0,
    startedMs: 0,
    finishedMs: 1,
    outcome,
    says,
  });
  const first = [
    line(0, 'completed', '/sites/news - 200'),
    line(1, 'timeout', { code: 'timeout', limitMs: 5 }),
  ];
  const executors = [traced('limited', trace(10, { 0: [2] }, { tasks: 2, first, arrived: [1, 0] }))];
  expect(resultsOf(makeScenario({ executors }))!.listing).toEqual({
    title: 'what `limited` kept, in the order of the tasks:',
    lines: ['1  /sites/news - 200', '2  Error: took longer than its limit of 5 ms'],
  });
});

test('what nobody asked for is drawn on pages alone, with who is left out', () => {
  const recordedAs = (more: Partial<Scenario>) => {
    const executors = [
      traced('sequential', trace(100, { 0: [1, 1] })),
      makeExecutor({ name: 'batched' }),
      makeExecutor({ name: 'queue' }),
    ];
    const result = makeScenario({ executors });
    return makeReport({ scenarios: [{ ...result, scenario: { ...result.scenario, ...more } }] });
  };
  const own = recordedAs({ recorded: ['sequential', 'batched'] });
  const asked = recordedAs({ timeline: true });
  const options = { width: 120, colour: false };
  expect(renderTerminal(own, options)).not.toMatch(/at once|came in the order/);
  expect(renderMarkdown(own)).not.toMatch(/at once|came in the order/);
  expect(renderHtml(own)).toMatch(
    /Not recorded: <code>batched<\/code>, whose trials are too long to run one more for a picture; <code>queue( ×2)?<\/code>, to keep the results file small/,
  );
  expect(renderTerminal(asked, options)).toMatch(/at once/);
  expect(renderMarkdown(asked)).toMatch(/at once/);
  expect(renderHtml(asked)).not.toContain('Not recorded: ');
});
