import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { pageReports } from '../report/page-reports.js';
import { outside } from './outside.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-charts-'));
  mkdirSync(join(cwd, 'results'));
  for (const name of ['recorded', 'single', 'hostile', 'nothing'])
    writeFileSync(join(cwd, `${name}.json`), renderJson(pageReports[name]!));
});
afterEach(() => rmSync(cwd, { recursive: true }));

async function cli(...args: string[]) {
  const { run, written } = outside({ cwd });
  return { code: await run(...args), ...written };
}

test('writes every chart into a folder that it makes, and lists what it wrote', async () => {
  const { code, stdout, stderr } = await cli(
    'report',
    'recorded.json',
    '--format',
    'svg',
    '--out',
    'a/charts',
  );
  expect([code, stderr]).toEqual([0, '']);
  const names = readdirSync(join(cwd, 'a', 'charts'));
  expect(stdout.trimEnd().split('\n').sort()).toEqual(names.map(name => join('a/charts', name)).sort());
  expect(names).toContain('recorded-timeline-light.svg');
  expect(readFileSync(join(cwd, 'a', 'charts', names[0]!), 'utf8')).toMatch(/^<svg xmlns=/);
});

test('names of scenarios lead nowhere else', async () => {
  const { code } = await cli('report', 'hostile.json', '--format', 'svg', '--out', 'charts');
  expect(code).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual([
    'charts',
    'hostile.json',
    'nothing.json',
    'recorded.json',
    'results',
    'single.json',
  ]);
});

test('gates are told on standard error, and decide the exit code', async () => {
  const args = ['report', 'single.json', '--format', 'svg', '--out', 'charts', '--assert'];
  const held = await cli(...args, 'queue/limited ratio>0.1');
  expect(held.stdout).toContain('throughput-light.svg');
  expect([held.code, held.stderr]).toEqual([0, expect.stringContaining('queue/limited ratio > 0.1')]);
  expect((await cli(...args, 'queue/limited ratio>100')).code).toBe(1);
});

describe('refuses', () => {
  it.each<[string, string[], string]>([
    [
      'no folder',
      ['report', 'recorded.json', '--format', 'svg'],
      '--format svg: expected a folder for its files, got none.',
    ],
    [
      'a folder for what is one text',
      ['report', 'recorded.json', '--format', 'html', '--out', 'charts'],
      '--out: expected a format of several files (svg), got --format html.',
    ],
    [
      'a folder of runs',
      ['report', 'results', '--format', 'svg', '--out', 'charts'],
      '--format: expected one of terminal, markdown, html for a folder or several files',
    ],
    [
      'a reporter of a run',
      ['run', 'noop', '--reporter', 'svg'],
      '--reporter: expected a form that is one file, got svg, which is several.',
    ],
    [
      'a file in the place of the folder',
      ['report', 'recorded.json', '--format', 'svg', '--out', 'nothing.json'],
      '--out: expected',
    ],
    [
      'a run that measured nothing',
      ['report', 'nothing.json', '--format', 'svg', '--out', 'charts'],
      'svg: expected results with something to draw',
    ],
  ])('%s', async (_what, args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(readdirSync(cwd)).not.toContain('charts');
  });
});
