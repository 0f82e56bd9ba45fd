import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { moviePage } from '../../src/origin/pages.js';
import { countHtml } from '../../src/workloads/html.js';
import parse from '../../src/workloads/parse.js';
import sqlite from '../../src/workloads/sqlite.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import counters from '../../src/workloads/yield.js';
import { ENV, paramsOf } from './support.js';

test('a page is parsed as a browser does: elements it adds itself are counted', () => {
  expect(countHtml('<p>one<p>two')).toEqual({ elements: 5, characters: 6 });
  expect(countHtml('')).toEqual({ elements: 3, characters: 0 });
  expect(countHtml('<!-- nothing --><b>x</b>')).toEqual({ elements: 4, characters: 1 });
  const { elements } = countHtml(moviePage(1, 30_000));
  expect(elements).toBeGreaterThan(100);
});

test('a page may have more siblings than a call takes arguments', () => {
  expect(countHtml('<br>'.repeat(200_000))).toEqual({ elements: 200_003, characters: 0 });
});

test.each(['html', 'json'])(
  'parse: a larger %s has more in it, and no promise changes the result',
  async format => {
    const found = async (bytes: number) => {
      const context = await parse.open(paramsOf(parse, { format, bytes }), ENV);
      const results = await Promise.all([0, 1, 9].map(index => parse.task(context, index, new TaskSignal())));
      expect([0, 1, 9].map(index => parse.taskSync!(context, index))).toEqual(results);
      return results as { index: number; characters: number }[];
    };
    const [small, large] = [await found(1_000), await found(50_000)];
    expect(small.map(({ index }) => index)).toEqual([0, 1, 9]);
    for (const [at, { characters }] of small.entries())
      expect(large[at]!.characters).toBeGreaterThan(characters * 5);
    // Documents take turns.
    expect({ ...small[1], index: 0 }).toEqual({ ...small[2], index: 0 });
    expect(small[0]!.characters).not.toBe(small[1]!.characters);
  },
);

test('yield: the second counter counts to less and, both started together, is done first', async () => {
  const context = await counters.open(paramsOf(counters, { counts: 10_000 }), ENV);
  const done: number[] = [];
  const results = await Promise.all(
    [0, 1].map(async index => {
      const result = await counters.task(context, index, new TaskSignal());
      done.push(index);
      return result;
    }),
  );
  expect(done).toEqual([1, 0]);
  expect(results).toMatchObject([
    { index: 0, counted: 10_000 },
    { index: 1, counted: 5_000 },
  ]);
  expect([0, 1].map(index => counters.taskSync!(context, index))).toEqual(results);
});

test('yield: others get their turn in between, and an abort is heard', async () => {
  const context = await counters.open(paramsOf(counters, { counts: 5_000, yieldEvery: 1_000 }), ENV);
  let turns = 0;
  const signal = new TaskSignal();
  const counting = counters.task(context, 0, signal);
  const other = setInterval(() => turns++, 0);
  setImmediate(() => {
    turns++;
    signal.abort(new Error('enough'));
  });
  await expect(counting).rejects.toThrow('enough');
  clearInterval(other);
  expect(turns).toBeGreaterThan(0);
});

test('yield: a counter counts to one at least', async () => {
  const context = await counters.open(paramsOf(counters, { counts: 4, ratio: 0.01 }), ENV);
  expect(await counters.task(context, 5, new TaskSignal())).toMatchObject({ counted: 1 });
});

test('sqlite: an answer where Node has it, and what to do where it has not', async () => {
  const params = paramsOf(sqlite, { rows: 1_000 });
  if (!isBuiltin('node:sqlite')) {
    expect(() => sqlite.check!(params)).toThrow(UsageError);
    expect(() => sqlite.check!(params)).toThrow(
      `workload sqlite: expected a Node with node:sqlite (22.13 or later), got Node ${process.versions.node}. Run it with a newer Node.`,
    );
    return;
  }
  expect(() => sqlite.check!(params)).not.toThrow();
  for (const [query, found] of [
    ['lookup', (5 * 7_919) % 1_000],
    ['insert', 1],
    [
      'sum',
      [4, 104, 204, 304, 404, 504, 604, 704, 804, 904].reduce((sum, n) => sum + ((n * 7_919) % 1_000), 0),
    ],
  ] as const) {
    const context = await sqlite.open({ ...params, query }, ENV);
    expect(await sqlite.task(context, 4, new TaskSignal())).toEqual({ index: 4, found });
    expect(sqlite.taskSync!(context, 4)).toEqual({ index: 4, found });
    await sqlite.close(context);
  }
});
