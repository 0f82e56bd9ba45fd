import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { reportOf } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-page-'));
  measurePlan.mockReset();
});
afterEach(() => rmSync(cwd, { recursive: true }));

const page = () => readFileSync(join(cwd, 'results', 'latest.html'), 'utf8');
const latest = () => readdirSync(join(cwd, 'results')).filter(name => name.startsWith('latest'));

test('the page is what report makes of the results file', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--quiet')).toBe(0);
  expect(page()).toMatch(/^<!doctype html>\n<html lang="en">/);
  written.stdout = '';
  expect(await run('report', 'results/latest.json', '--format', 'html')).toBe(0);
  expect(written.stdout).toBe(page());
});

test('--no-html writes none, unless it is asked for as a reporter', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--no-html')).toBe(0);
  expect(latest()).toEqual(['latest.json']);
  expect(await run('run', 'waiting', '--no-html', '--reporter', 'terminal,html')).toBe(0);
  expect(latest()).toEqual(['latest.html', 'latest.json']);
  expect(written.stderr.match(/Saved as results.latest\.html/g)).toHaveLength(1);
});

test('asked for as a reporter too it is written once', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--reporter', 'terminal,html')).toBe(0);
  expect(written.stderr.match(/Saved as results.latest\.html/g)).toHaveLength(1);
});

test('a run that fails has a page of what it had measured', async () => {
  measurePlan.mockImplementation(async function* (plan) {
    yield { type: 'partial', report: reportOf(plan, { interrupted: true }) };
    throw new WorkerLost('the origin ended');
  });
  expect(await outside({ cwd }).run('run', 'waiting')).toBe(1);
  expect(page()).toContain('Interrupted: ');
});

test('an interrupted run has its page, but one that has no fork leaves that of the last', async () => {
  const { run, signals } = outside({ cwd });
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  await run('run', 'waiting');
  const before = page();
  measurePlan.mockImplementation(ends(async plan => reportOf(plan, { interrupted: true, scenarios: [] })));
  expect(await run('run', 'waiting')).toBe(130);
  expect(page()).toBe(before);
  measurePlan.mockImplementation(
    ends(async plan => {
      signals.emit('SIGINT');
      return reportOf(plan, { interrupted: true });
    }),
  );
  expect(await run('run', 'waiting')).toBe(130);
  expect(page()).toContain('Interrupted: ');
});

test('one that cannot be written takes nothing from the results', async () => {
  mkdirSync(join(cwd, 'results', 'latest.html'), { recursive: true });
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(0);
  expect(written.stderr).toMatch(
    /The page \(latest\.html\) could not be written: .*\. The results are saved\.\n$/,
  );
  expect(written.stdout).toContain('WAITING');
  expect(latest()).toEqual(['latest.html', 'latest.json']);
});
