import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { moduleIdentity } from '../../src/workloads/module-identity.js';
import { loadWorkloadModule } from '../../src/workloads/registry.js';
import {
  readTaskFunctionUrl,
  type TaskFunction,
  taskFunctionUrl,
} from '../../src/workloads/task-function.js';
import type { Workload } from '../../src/workloads/workload.js';

const folder = mkdtempSync(join(tmpdir(), 'tvl-task-function-'));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;

/** A module in a folder of its own: Node loads each path once. */
function write(name: string, text: string): string {
  const place = join(folder, String(written++));
  mkdirSync(place);
  writeFileSync(join(place, name), text);
  return join(place, name);
}

const urlOf = (path: string) => pathToFileURL(path).href;

function load(path: string, wanted: { exportName?: string; args?: string } = {}): Promise<Workload> {
  const argsUrl = wanted.args === undefined ? null : urlOf(wanted.args);
  const url = taskFunctionUrl({ fileUrl: urlOf(path), exportName: wanted.exportName ?? null, argsUrl });
  return loadWorkloadModule(url, wanted.exportName === undefined ? path : `${path}#${wanted.exportName}`);
}

/** What task `index` gives, opened and closed as a worker does. */
async function resultsOf(workload: Workload, indexes: readonly number[]): Promise<unknown[]> {
  const env = { originUrl: null, inFlight: 1, cpuIterationsPerMs: 0, seed: 1 };
  const context = await workload.open({}, env);
  const results = [];
  for (const index of indexes) results.push(await workload.task(context, index, undefined as never));
  await workload.close(context);
  return results;
}

it.each<TaskFunction>([
  { fileUrl: 'file:///a%20b/render.mjs', exportName: null, argsUrl: null },
  { fileUrl: 'file:///a/render.mjs', exportName: 'größe', argsUrl: null },
  { fileUrl: 'file:///a/render.mjs', exportName: 'a&b=c#d', argsUrl: 'file:///a/x%20y.json?#' },
])('travels as one URL: $exportName', wanted => {
  expect(readTaskFunctionUrl(taskFunctionUrl(wanted))).toEqual(wanted);
});

it('an export that is there and no function is told as such', async () => {
  const path = write('kinds.mjs', 'export const size = 3;\nexport const render = i => i;');
  await expect(load(path, { exportName: 'size' })).rejects.toThrow(
    'kinds.mjs#size: expected an export size that is a function, got number. Make it one, or name another.',
  );
});

describe('a module with a task', () => {
  it('is a workload: the index comes first', async () => {
    const workload = await load(
      write('double.mjs', 'export async function task(index) { return 2 * index; }'),
    );
    expect(workload).toMatchObject({ name: 'double', params: {}, defaults: { tasks: 100 } });
    expect(await resultsOf(workload, [0, 7])).toEqual([0, 14]);
  });

  it('may return a plain value, and be CommonJS', async () => {
    const workload = await load(write('plain.cjs', 'exports.task = index => index + 1;'));
    expect(await resultsOf(workload, [1])).toEqual([2]);
  });

  it('may have what a workload has: parameters, what is opened and closed, a blocking form', async () => {
    const source = `
      export const params = { factor: { kind: 'number', default: 3, min: 1, max: 9, summary: 'times' } };
      export const closed = [];
      export async function open({ factor }) { return { factor }; }
      export async function task(index, { factor }) { return factor * index; }
      export function taskSync(index, { factor }) { return -factor * index; }
      export async function close(context) { closed.push(context); }`;
    const path = write('whole.mjs', source);
    const workload = await load(path);
    expect(Object.keys(workload.params)).toEqual(['factor']);
    const context = await workload.open({ factor: 3 }, undefined as never);
    expect(await workload.task(context, 2, undefined as never)).toBe(6);
    expect(workload.taskSync?.(context, 2)).toBe(-6);
    await workload.close(context);
    expect((await import(urlOf(path))).closed).toEqual([{ factor: 3 }]);
  });

  it('says what of its results counts', async () => {
    const source = `
      export const task = index => ({ id: Math.random(), total: index });
      export const digest = ({ total }) => total;
      export const sameResult = (a, b) => a.total === b.total;`;
    const workload = await load(write('ids.mjs', source));
    expect(workload.digest?.({ id: 'a', total: 5 })).toBe(5);
    expect(workload.sameResult?.({ id: 'a', total: 5 }, { id: 'b', total: 5 })).toBe(true);
    const differing = "export const task = () => Math.random(); export const results = 'may differ';";
    expect((await load(write('random.mjs', differing))).results).toBe('may differ');
  });

  it('is passed over where the default export is a workload', async () => {
    const source = `
      export function task() { return 'function'; }
      export default { name: 'whole', kind: 'cpu', open: async () => 0, task: async () => 'workload' };`;
    expect(await resultsOf(await load(write('both.mjs', source)), [0])).toEqual(['workload']);
  });

  it('says which of its other exports cannot be what they are called', async () => {
    const path = write('odd.mjs', 'export const open = 5; export function task() {}');
    await expect(load(path)).rejects.toThrow(
      `${path}: expected an export open that is a function, got number. Make it one, or rename it.`,
    );
    const results = write('results.mjs', 'export const results = []; export function task() {}');
    await expect(load(results)).rejects.toThrow(
      `${results}: expected an export results that is 'may differ', got something else. Rename it.`,
    );
  });
});

describe('a function that is asked for by name', () => {
  const two = 'export const half = n => n / 2; export default function whole(n) { return n; }';

  it('gets the index, and nothing that it may take for an option', async () => {
    const path = write('counts.mjs', 'export function count(...all) { return all.length; }');
    const workload = await load(path, { exportName: 'count' });
    expect(workload.name).toBe('count');
    expect(await resultsOf(workload, [5])).toEqual([1]);
  });

  it('is compared by what its module says of results, and by nothing else that it exports', async () => {
    const source = `
      export const ticket = index => ({ id: Math.random(), index });
      export const digest = ({ index }) => index;
      export const results = [];
      export const sameResult = 'never';`;
    const path = write('tickets.mjs', source);
    const workload = await load(path, { exportName: 'ticket' });
    expect(workload.digest?.({ id: 1, index: 7 })).toBe(7);
    expect(workload.results).toBeUndefined();
    expect(workload.sameResult).toBeUndefined();
    expect(
      (await load(path, { exportName: 'ticket', args: write('args.json', '[1]') })).digest,
    ).toBeDefined();
    expect((await load(path, { exportName: 'digest' })).digest).toBeUndefined();
  });

  it('may be the default export, and a property of a CommonJS module', async () => {
    expect(await resultsOf(await load(write('two.mjs', two), { exportName: 'default' }), [4])).toEqual([4]);
    const path = write('late.cjs', 'module.exports = Object.assign({}, { half: n => n / 2 });');
    expect(await resultsOf(await load(path, { exportName: 'half' }), [4])).toEqual([2]);
  });

  it('is suggested where its name is misspelt', async () => {
    await expect(load(write('two.mjs', two), { exportName: 'hafl' })).rejects.toThrow(
      /#hafl: function for the tasks: got "hafl"\. Did you mean half\? Expected one of .*half.*$/,
    );
  });

  it('is missed in a module that exports none', async () => {
    const found = load(write('none.mjs', 'export const five = 5;'), { exportName: 'render' });
    await expect(found).rejects.toThrow('expected an exported function render, got none at all');
  });
});

describe('arguments', () => {
  const add = 'export const add = (a, b = 100) => a + b;';

  it('are taken in turn; an item that is a list holds several', async () => {
    const args = write('numbers.json', '[1, [2, 3]]');
    const workload = await load(write('add.mjs', add), { exportName: 'add', args });
    expect(await resultsOf(workload, [0, 1, 2, 3])).toEqual([101, 5, 101, 5]);
  });

  it('may be a line each, and go to task as well', async () => {
    const args = write('names.ndjson', '{"name":"a"}\n\n{"name":"b"}\n');
    const workload = await load(write('names.mjs', 'export const task = ({ name }) => name;'), { args });
    expect(await resultsOf(workload, [0, 1, 2])).toEqual(['a', 'b', 'a']);
  });

  it.each([
    ['numbers.json', '[1, 2]'],
    ['numbers.ndjson', '1\n2\n'],
  ])(
    'given a byte order mark in %s, as editors write it, then they are read all the same',
    async (name, text) => {
      const args = write(name, `\uFEFF${text}`);
      const workload = await load(write('add.mjs', add), { exportName: 'add', args });
      expect(await resultsOf(workload, [0, 1])).toEqual([101, 102]);
    },
  );

  it.each([
    ['a.json', '{"a":1}', 'a.json: expected a list in JSON, got object. Task i takes item i'],
    ['a.json', '[]', 'a.json: expected at least one item, got an empty list.'],
    ['a.json', '[1', 'a.json: expected a list in JSON, got text that is none ('],
    ['a.ndjson', '1\n{', 'a.ndjson:2: expected JSON, got text that is none ('],
    ['a.jsonl', '\n', 'a.jsonl: expected at least one item, got an empty list.'],
  ])('%s of %j are refused', async (name, text, message) => {
    const found = load(write('add.mjs', add), { exportName: 'add', args: write(name, text) });
    await expect(found).rejects.toThrow(UsageError);
    await expect(found).rejects.toThrow(message);
  });
});

it('is another workload with other arguments, or by another name', async () => {
  const fileUrl = urlOf(write('same.mjs', 'export const a = () => 1; export const b = () => 2;'));
  const argsUrl = urlOf(write('args.json', '[1]'));
  const other = urlOf(write('args.json', '[2]'));
  const identities = await Promise.all(
    [
      { fileUrl, exportName: 'a', argsUrl: null },
      { fileUrl, exportName: 'b', argsUrl: null },
      { fileUrl, exportName: 'a', argsUrl },
      { fileUrl, exportName: 'a', argsUrl: other },
    ].map(async wanted => (await moduleIdentity(taskFunctionUrl(wanted))).contents),
  );
  expect(new Set(identities).size).toBe(4);
});
