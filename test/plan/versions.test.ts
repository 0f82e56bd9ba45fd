import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-versions-'));
  const task = (body: string) => `export async function task(index) { return ${body}; }\n`;
  mkdirSync(join(folder, 'v1'));
  mkdirSync(join(folder, 'v2'));
  writeFileSync(join(folder, 'old.mjs'), `${task('index')}export const other = index => index;\n`);
  writeFileSync(join(folder, 'new.mjs'), `${task('index + 0')}export const other = index => index;\n`);
  for (const version of ['v1', 'v2']) writeFileSync(join(folder, version, 'render.mjs'), task('1'));
  const workload = (more: string) =>
    `export default { name: 'w', kind: 'cpu', open: async () => null, task: async () => 1, ${more} };\n`;
  writeFileSync(join(folder, 'random.mjs'), workload("results: 'may differ'"));
  writeFileSync(join(folder, 'digest.mjs'), workload('digest: result => result'));
  writeFileSync(
    join(folder, 'sized.mjs'),
    workload("params: { size: { kind: 'number', default: 3, min: 1, max: 9, summary: 'size' } }"),
  );
  writeFileSync(join(folder, 'calls.mjs'), workload('requestsPerTask: 1, origin: () => ({})'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function planned(versus: string, target: string, more: PlanInput = {}) {
  const input = { targets: [target], versus, executors: ['limited', 'queue'], ...more };
  const options = { baseDir: folder, wording: flagWording, defaultThreads: 2 };
  return (await makePlan(input, options)).scenarios[0]!;
}

it('two versions are variants of every executor, the older one first', async () => {
  const scenario = await planned('./old.mjs', './new.mjs');
  expect(scenario).toMatchObject({ name: 'new', title: 'OLD → NEW', baseline: 'limited old' });
  expect(scenario.workload.moduleUrl).toMatch(/new\.mjs$/);
  expect(scenario.executors.map(({ id, workload }) => [id, workload?.moduleUrl.replace(/.*\//, '')])).toEqual(
    [
      ['limited old', 'old.mjs'],
      ['limited new', undefined],
      ['queue old', 'old.mjs'],
      ['queue new', undefined],
    ],
  );
  const [old, own] = scenario.executors.map(({ alternative }) => alternative!);
  expect([old!.name, own!.name, old!.of]).toEqual(['old', 'new', 'version']);
  // Their results are to be the same.
  expect(old!.sameResults).toBe(own!.sameResults);
});

it.each([
  ['./old.mjs#task', './old.mjs#other', ['task', 'other']],
  ['./old.mjs#other', './new.mjs#other', ['old', 'new']],
  ['./v1/render.mjs', './v2/render.mjs', ['v1/render', 'v2/render']],
  ['./old.mjs', './old.mjs#other', ['old', 'other']],
])('%s and %s are called so that they differ', async (old, own, names) => {
  const { executors } = await planned(old, own, { executors: ['limited'] });
  expect(executors.map(({ alternative }) => alternative!.name)).toEqual(names);
});

it('a version has its own parameters, by their defaults where the other has none', async () => {
  const { params, executors } = await planned('./sized.mjs', './new.mjs', { executors: ['limited'] });
  expect(params).toEqual({});
  expect(executors.map(variant => variant.params)).toEqual([{ size: 3 }, {}]);
  const given = await planned('./sized.mjs', './sized.mjs#default', { params: { size: 5 } }).catch(String);
  expect(given).toMatch(/expected/);
});

it('results that may differ in one are compared in none', async () => {
  const { workload } = await planned('./random.mjs', './sized.mjs');
  expect(workload.resultsCompared).toBe('may differ');
});

it.each<[string, string, PlanInput, RegExp]>([
  ['./new.mjs', './new.mjs', {}, /^--versus: expected another module than the target, got "\.\/new\.mjs"\./],
  ['./none.mjs', './new.mjs', {}, /none\.mjs: expected a file/],
  [
    './old.mjs',
    './new.mjs',
    { targets: [] },
    /^--versus: expected one target .*--versus \.\/old\.mjs \.\/new/,
  ],
  ['./digest.mjs', './new.mjs', {}, /expected results that are compared alike \(contents\), got digest\./],
  ['./calls.mjs', './new.mjs', {}, /expected the same settings of the embedded server/],
])('%s against %s with %j is refused', async (old, own, more, message) => {
  await expect(planned(old, own, more)).rejects.toThrow(message);
});
