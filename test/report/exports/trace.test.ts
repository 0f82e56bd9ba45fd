import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { renderTrace } from '../../../src/report/exports/trace.js';
import { harmless } from '../../../src/report/text.js';
import type { Report } from '../../../src/schema/index.js';
import { makeExecutor } from '../../support/report-fixture.js';
import { recordedTrace } from '../../support/task-tables.js';
import { called, HOSTILE, recorded } from './recorded.js';
import { brokenTraceRules, type Event } from './trace-rules.js';
import { traceSchema } from './trace-schema.js';

const isTrace = new Ajv({ allErrors: true }).compile(traceSchema);

function read(report: Report): Event[] {
  const data: unknown = JSON.parse(gunzipSync(renderTrace(report)).toString());
  expect(isTrace(data), JSON.stringify(isTrace.errors?.slice(0, 3))).toBe(true);
  const { traceEvents } = data as { traceEvents: Event[] };
  expect(brokenTraceRules(traceEvents).slice(0, 3)).toEqual([]);
  return traceEvents;
}

const events = read(recorded);
const tasks = events.filter(({ ph }) => ph === 'X');
const named = (kind: string) => events.filter(({ ph, name }) => ph === 'M' && name === kind);

test('tasks are those that were recorded', () => {
  const first = recorded.scenarios.flatMap(({ executors }) =>
    executors.flatMap(({ trace }) => trace?.first ?? []),
  );
  const sorted = (indexes: readonly unknown[]) => [...indexes].sort();
  expect(sorted(tasks.map(({ args }) => args.index))).toEqual(sorted(first.map(({ index }) => index)));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  expect(total(tasks.map(({ dur }) => dur))).toBeCloseTo(
    total(first.map(({ startedMs, finishedMs }) => (finishedMs - startedMs) * 1_000)),
    6,
  );
});

describe('tracks', () => {
  it('have no two tasks that overlap, even where doubles are cut to nanoseconds', () => {
    // Three at once on the loop; those that touch have rows of their own.
    expect(new Set(tasks.map(({ pid, tid }) => `${pid} ${tid}`)).size).toBeGreaterThan(4);
  });

  it('have none whatever the times are', () => {
    const times = fc.record({
      startedMs: fc.double({ min: 0, max: 20, noNaN: true }),
      ranMs: fc.double({ min: 0, max: 10, noNaN: true }),
      worker: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 60 }), all => {
        const [scenario] = recorded.scenarios;
        const first = all.map(({ startedMs, ranMs, worker }, index) => ({
          ...{ index, worker, startedMs, finishedMs: startedMs + ranMs, outcome: 'completed', says: '1' },
        }));
        const trace = { ...recordedTrace(all), first };
        const executor = makeExecutor({ name: 'queue', kind: 'threads', trace });
        const slices = read({ ...recorded, scenarios: [{ ...scenario!, executors: [executor] }] });
        expect(slices.filter(({ ph }) => ph === 'X')).toHaveLength(all.length);
      }),
      { numRuns: 50 },
    );
  });

  it('have names, and so have executors', () => {
    expect(named('process_name').map(({ pid, args }) => [pid, args.name])).toEqual([
      [1, 'waiting · limited'],
      [2, 'waiting · queue'],
    ]);
    expect(named('process_labels').map(({ args }) => args.labels)).toEqual(['5 tasks', '3 of 200 tasks']);
    const names = named('thread_name').map(({ pid, args }) => `${pid} ${args.name}`);
    expect(names.slice(0, 3)).toEqual(['1 loop', '1 loop, row 2', '1 loop, row 3']);
    expect(names).toContain('2 thread 1');
    expect(names).toContain('2 thread 2');
    const known = new Set(named('thread_name').map(({ pid, tid }) => `${pid} ${tid}`));
    expect(tasks.filter(({ pid, tid }) => !known.has(`${pid} ${tid}`))).toEqual([]);
    expect(known.size).toBe(names.length);
  });
});

test('waiting and delivery are events beside the tracks, each with its end', () => {
  const waiting = events.filter(({ cat }) => cat === 'waiting');
  const begun = waiting.filter(({ ph }) => ph === 'b');
  // One started at once.
  expect(begun).toHaveLength(7);
  for (const { id, ts } of begun) {
    const [end, ...more] = waiting.filter(one => one.ph === 'e' && one.id === id);
    expect(more).toEqual([]);
    expect(end!.ts).toBeGreaterThan(ts);
  }
  expect(events.filter(({ cat, ph }) => cat === 'delivery' && ph === 'b')).toHaveLength(8);
});

test('a task that failed says so by name, category and colour', () => {
  const failed = tasks.filter(({ cat }) => cat !== 'task');
  expect(failed).toMatchObject([
    {
      name: 'timeout 1',
      cat: 'task,failed',
      cname: 'terrible',
      args: { index: 1, outcome: 'timeout', says: 'too late' },
    },
  ]);
});

test.each(HOSTILE)('a name such as %j is text', name => {
  const all = read(called(name));
  expect(all.find(({ ph }) => ph === 'X')!.args.says).toBe(harmless(name));
});

it.each([
  ['slices that overlap', [slice(0, 10), slice(9.999, 5)], /^track 1 1: a and a$/],
  ['a slice within another', [slice(0, 10), slice(3, 5)], /^track 1 1: a and a$/],
  [
    'a beginning without an end',
    [{ ...slice(0, 1), ph: 'b', cat: 'c', id: '1' }],
    /no beginning with one end/,
  ],
  ['a track without a name', [{ ...slice(0, 1), tid: 2 }], /^track 1 2: no name$/],
])('%s are no trace', (_what, bad, broken) => {
  const name = { ...slice(0, 0), ph: 'M', name: 'thread_name' };
  expect(brokenTraceRules([name, slice(20, 10), slice(30, 1)])).toEqual([]);
  expect(brokenTraceRules([name, ...bad])).toContainEqual(expect.stringMatching(broken));
});

function slice(ts: number, dur: number): Event {
  return { ph: 'X', name: 'a', pid: 1, tid: 1, ts, dur, args: {} };
}
