import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { describe, expect, it, test } from 'vitest';
import { renderTrace } from '../../../src/report/exports/trace.js';
import { harmless } from '../../../src/report/text.js';
import type { Report } from '../../../src/schema/index.js';
import { called, HOSTILE, recorded } from './recorded.js';
import { traceSchema } from './trace-schema.js';

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly id?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly args: Readonly<Record<string, string | number>>;
}

const isTrace = new Ajv({ allErrors: true }).compile(traceSchema);

function read(report: Report): Event[] {
  const data: unknown = JSON.parse(gunzipSync(renderTrace(report)).toString());
  expect(isTrace(data), JSON.stringify(isTrace.errors?.slice(0, 3))).toBe(true);
  return (data as { traceEvents: Event[] }).traceEvents;
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
    const tracks = grouped(tasks);
    for (const track of tracks.values()) {
      const spans = track
        .map(({ ts, dur }) => ({
          from: Math.trunc(ts * 1_000),
          to: Math.trunc(ts * 1_000) + Math.trunc(dur * 1_000),
        }))
        .sort((a, b) => a.from - b.from);
      spans.forEach(({ from }, at) => {
        if (at > 0) expect(from).toBeGreaterThanOrEqual(spans[at - 1]!.to);
      });
    }
    // Three at once on the loop; those that touch have rows of their own.
    expect(tracks.size).toBeGreaterThan(4);
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

function grouped(all: readonly Event[]): ReadonlyMap<string, readonly Event[]> {
  const tracks = new Map<string, Event[]>();
  for (const event of all) {
    const key = `${event.pid} ${event.tid}`;
    tracks.set(key, [...(tracks.get(key) ?? []), event]);
  }
  return tracks;
}

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
