import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { datedName, openOutputFolder } from '../../src/cli/output-folder.js';
import { makePlan } from '../../src/plan/plan.js';
import { renderJson } from '../../src/report/json.js';
import { catalogue } from '../plan/catalogue.js';
import { reportOf } from './report-fixture.js';

const plan = await makePlan({}, { catalogue });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-out-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(...path: string[]) {
  return JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
}

test('results are the latest, a dated copy, and the file asked for; nothing else is left', () => {
  const out = openOutputFolder(join(folder, 'a', 'b'), join(folder, 'mine.json'));
  out.savePartial(reportOf(plan, { interrupted: true }));
  expect(read('a', 'b', 'latest.json').interrupted).toBe(true);
  const report = reportOf(plan);
  expect(out.save(report)).toBe(join(folder, 'a', 'b', '2026-11-20T21-30-00Z-default.json'));
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['2026-11-20T21-30-00Z-default.json', 'latest.json']);
  expect(readdirSync(folder)).toEqual(['a', 'mine.json']);
  for (const path of [
    ['a', 'b', 'latest.json'],
    ['a', 'b', '2026-11-20T21-30-00Z-default.json'],
    ['mine.json'],
  ])
    expect(read(...path)).toEqual(JSON.parse(renderJson(report)));
});

test('a page of other results does not stand beside these, unless latest.json is left as it was', () => {
  const page = join(folder, 'latest.html');
  const out = openOutputFolder(folder);
  writeFileSync(page, 'of last week');
  out.save(reportOf(plan, { interrupted: true }), false);
  expect(readFileSync(page, 'utf8')).toBe('of last week');
  out.savePartial(reportOf(plan, { interrupted: true }));
  expect(existsSync(page)).toBe(false);
  out.saveAs('html', 'of these');
  expect(readFileSync(page, 'utf8')).toBe('of these');
  out.save(reportOf(plan));
  expect(existsSync(page)).toBe(false);
});

test('nor do files of other reporters', () => {
  const [cases, own] = ['latest.junit.xml', 'latest.notes'].map(name => join(folder, name));
  for (const file of [cases!, own!]) writeFileSync(file, 'of last week');
  openOutputFolder(folder).save(reportOf(plan));
  expect([cases!, own!].map(file => existsSync(file))).toEqual([false, true]);
});

test('a page of other results is gone before the first of these is written', () => {
  const page = join(folder, 'latest.html');
  const out = openOutputFolder(folder, undefined, 'latest-map');
  // The second copy cannot be written: what comes after it is not reached, as in a run that is killed there.
  mkdirSync(join(folder, `.latest-map.json.${process.pid}.part`));
  writeFileSync(page, 'of last week');
  out.savePartial(reportOf(plan, { interrupted: true }));
  expect(existsSync(join(folder, 'latest.json'))).toBe(true);
  expect(existsSync(page)).toBe(false);
});

test('two runs in one second have two copies', () => {
  const out = openOutputFolder(folder);
  out.save(reportOf(plan));
  expect(out.save(reportOf(plan))).toBe(join(folder, '2026-11-20T21-30-00Z-default-2.json'));
});

test('a name is made of the scenarios where there is no suite', async () => {
  const startedAt = '2026-11-20T21:30:00.000Z';
  const named = async (...targets: string[]) =>
    datedName({ startedAt, plan: await makePlan({ targets }, { catalogue }) });
  expect(await named('http', 'computing')).toBe('2026-11-20T21-30-00Z-http-computing');
  const plan = await makePlan({ scenarios: [{ name: 'a/b é', workload: 'cpu' }] }, { catalogue });
  expect(datedName({ startedAt, plan })).toBe('2026-11-20T21-30-00Z-a-b-');
});

test('what cannot be written is found out at once', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => openOutputFolder(join(file, 'out'))).toThrow(
    /--out: expected a folder that can be written, got .*ENOTDIR.* Choose another with --out/,
  );
  expect(() => openOutputFolder(file)).toThrow(/--out: .*EEXIST/);
  expect(() => openOutputFolder(folder, join(folder, 'none', 'x.json'))).toThrow(/--json: .*ENOENT/);
  expect(() => openOutputFolder(folder, folder)).toThrow(/--json: expected a file, got .*, a folder/);
  expect(readdirSync(folder)).toEqual(['file']);
});
