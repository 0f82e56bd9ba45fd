import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import type { Report } from '../../src/schema/index.js';
import { comparisonFileSchema } from '../../src/schema/run-changes.js';
import { makeComparison, withPlan } from '../support/report-fixture.js';
import { A_WEEK_LATER, BASE, NEXT, ratiosScenario, runOf } from '../support/runs-fixture.js';
import { outside } from './outside.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-compare-'));
  write('base.json', BASE.report);
  write('new.json', NEXT.report);
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(name: string, report: Report): void {
  writeFileSync(join(cwd, name), renderJson(report));
}

async function cli(...args: string[]) {
  const { run, written } = outside({ cwd });
  return { code: await run(...args), ...written };
}

const at = (ratio: number) => runOf([ratiosScenario({ queue: ratio })], { startedAt: A_WEEK_LATER });

test('says what changed, and exits 0', async () => {
  const { code, stdout, stderr } = await cli('compare', 'base.json', 'new.json');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Changes base\.json → new\.json\n/);
  expect(stdout).toContain('COMPUTING `queue` gained: 1.95× → 2.10× `limited`, 1.08× [1.06, 1.09]\n');
  expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
});

test('a run that was kept is found by its name', async () => {
  mkdirSync(join(cwd, 'results', 'baselines'), { recursive: true });
  write('results/baselines/main.json', BASE.report);
  const { code, stdout } = await cli('compare', 'main', 'new.json');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Changes main → new\.json\n/);
  const missing = await cli('compare', 'mian', 'new.json');
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('expected a run in results/baselines/mian.json, got no such file');
});

test('several are compared with the first, one after the other', async () => {
  write('worse.json', at(1.5));
  const args = ['compare', 'base.json', 'new.json', 'worse.json', '--format', 'markdown'];
  const { code, stdout } = await cli(...args, '--json', 'all.json', '--fail-on', 'slower>5%');
  expect(code).toBe(1);
  expect(stdout.match(/^## Changes: .*$/gm)).toEqual([
    '## Changes: base.json → new.json',
    '## Changes: base.json → worse.json',
  ]);
  const file = comparisonFileSchema.parse(JSON.parse(readFileSync(join(cwd, 'all.json'), 'utf8')));
  expect(file.runs.map(({ gates }) => gates[0]!.outcome)).toEqual(['passes', 'fails']);
  expect(file.runs[1]!.scenarios[0]!.changes[0]).toMatchObject({ executor: 'queue', verdict: 'lost' });
});

test('a page has both runs, and JUnit a case for each change and gate', async () => {
  write('worse.json', at(1.5));
  const all = ['compare', 'base.json', 'new.json', 'worse.json', '--fail-on', 'slower>5%'];
  const page = await cli(...all, '--format', 'html');
  expect([page.code, page.stderr]).toEqual([1, '']);
  expect(page.stdout.match(/<!doctype html>/g)).toHaveLength(1);
  expect(page.stdout).toMatch(/<h1>2 runs against base\.json<\/h1>/);
  expect(page.stdout.match(/FAILS|PASSES/g)).toHaveLength(4);
  const junit = await cli(...all, '--format', 'junit');
  expect(junit.code).toBe(1);
  expect(junit.stdout).toContain(
    '<testsuites name="threads-vs-loop" tests="4" failures="1" errors="0" skipped="0"',
  );
});

test.each([
  [0, 1.95],
  [4, 1.86],
  [1, 1.7],
])('slower > 5 %% exits %i', async (code, ratio) => {
  write('new.json', at(ratio));
  const ended = await cli('compare', 'base.json', 'new.json', '--fail-on', 'slower>5%');
  expect(ended.code).toBe(code);
  expect(ended.stdout).toContain(
    { 0: 'GATE      Passes', 4: 'GATE      Undecided', 1: 'GATE      Fails' }[code],
  );
});

describe('refuses', () => {
  const elsewhere = () =>
    runOf([withPlan(ratiosScenario({ queue: 2.1 }), { tasks: 100 })], {
      environment: { cpuModel: 'Another CPU' },
    });

  it('another machine and other tasks, and names them', async () => {
    write('new.json', elsewhere());
    const { code, stdout, stderr } = await cli('compare', 'base.json', 'new.json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'error: base.json and new.json: expected runs of the same machine, Node and tasks, got CPU Example CPU @ 2.80GHz → Another CPU and tasks 200 → 100 in computing. Measure both again in the same place, or compare all the same with --force, which says what that costs.\n',
    );
  });

  it('not with --force, which says what it costs', async () => {
    write('new.json', elsewhere());
    const { code, stdout } = await cli('compare', 'base.json', 'new.json', '--force');
    expect(code).toBe(0);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('forced: CPU Example CPU @ 2.80GHz → Another CPU: threads may pay more or less');
    expect(text).toContain('`queue` gained');
  });

  it('runs without a scenario in common, by force too', async () => {
    write('new.json', runOf([ratiosScenario({ queue: 2 }, { id: 'other' })]));
    const { code, stderr } = await cli('compare', 'base.json', 'new.json', '--force');
    expect(code).toBe(2);
    expect(stderr).toContain('expected runs with a scenario in common, got computing and other.');
  });

  it.each([
    [['compare', 'base.json'], 'expected runs'],
    [['compare', 'base.json', 'nothing.json'], 'nothing.json: expected a results file, got no such file'],
    [
      ['compare', 'base.json', 'new.json', '--format', 'json'],
      '--format: expected one of terminal, markdown, html, junit',
    ],
    [['compare', 'base.json', 'new.json', '--fail-on', 'faster>5%'], '--fail-on: expected one of slower'],
    [['compare', 'base.json', 'new.json', '--fail-on', 'slower<5%'], '--fail-on: expected slower, > or >='],
    [['compare', 'base.json', 'new.json', '--fail-on', 'slower>5'], '--fail-on slower: expected a share'],
    [['compare', 'base.json', 'new.json', '--fail-on', 'slo'], 'expected a scenario with an objective'],
    [['report', 'base.json', '--assert', 'queue ratio>1'], '--assert: expected two executors before ratio'],
    [['report', 'base.json', '--assert', 'queue/none ratio>1'], 'There are limited, queue.'],
    [
      ['report', 'base.json', '--assert', 'queue/limited ratio>x'],
      '--assert ratio: expected a ratio above 0',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('report --assert', () => {
  it.each([
    [0, 'queue/limited ratio>1.5'],
    [0, 'limited/queue ratio < 0.6'],
    [4, 'queue/limited ratio>1.94'],
    [1, 'queue/limited ratio>2'],
    [1, 'queue/limited ratio>1.5, queue/limited ratio>2x'],
  ])('exits %i: %s', async (code, assertion) => {
    const shown = await cli('report', 'base.json');
    const { code: ended, stdout, stderr } = await cli('report', 'base.json', '--assert', assertion);
    expect([ended, stderr]).toEqual([code, '']);
    // What would decide it is a part of the report's own line.
    const withoutTry = (text: string) => text.replaceAll(/\n {2}try: [^\n]*(?:\n {4,}[^\n]*)*/g, '');
    expect(withoutTry(stdout).startsWith(`${withoutTry(shown.stdout)}\nGATE `)).toBe(true);
  });

  it('leaves JSON as it is, and says it on standard error', async () => {
    const { code, stdout, stderr } = await cli(
      ...['report', 'base.json', '--format', 'json', '--assert', 'queue/limited ratio>2'],
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ seed: 7 });
    expect(stderr).toMatch(/^GATE +Fails: queue\/limited ratio > 2/);
  });

  it('is a case of JUnit', async () => {
    const args = ['report', 'base.json', '--format', 'junit', '--assert', 'queue/limited ratio>2'];
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('<testcase name="queue/limited ratio &gt; 2" classname="gates.ratio"');
  });

  it('of few forks is undecided, and says how many would do', async () => {
    const few = {
      ...ratiosScenario({ queue: 2 }),
      comparisons: [makeComparison('queue', 'limited', 2, null)],
    };
    write('few.json', runOf([few]));
    const { code, stdout } = await cli('report', 'few.json', '--assert', 'queue/limited ratio>1.5');
    expect(code).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      / try: threads-vs-loop run --forks 5 --budget 20s .* 5 forks make one $/,
    );
    expect(stdout).not.toContain('for the gate');
    const json = await cli(
      ...['report', 'few.json', '--format', 'json', '--assert', 'queue/limited ratio>1.5'],
    );
    expect(json.stderr.replaceAll(/\s+/g, ' ')).toContain(
      '5 forks make one for the gate: --forks 5 --budget 20s',
    );
  });
});
