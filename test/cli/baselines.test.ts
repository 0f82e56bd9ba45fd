import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Plan, Report } from '../../src/schema/index.js';
import { makeComparison, makeExecutor } from '../support/report-fixture.js';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { reportOf, scenarioResult } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-baselines-'));
  measurePlan.mockReset();
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** A run of cpu in which queue has this ratio to limited. */
function measured(plan: Plan, ratio: number, more: Partial<Report> = {}): Report {
  const scenarios = plan.scenarios.map(scenario =>
    scenarioResult(scenario, {
      baseline: 'limited',
      executors: scenario.executors.map(variant => ({
        ...makeExecutor({ perSecond: variant.id === 'queue' ? 200 * ratio : 200 }),
        variant,
      })),
      comparisons: [makeComparison('queue', 'limited', ratio)],
    }),
  );
  return reportOf(plan, { scenarios, ...more });
}

async function run(ratio: number, ...flags: string[]) {
  return runOf(plan => measured(plan, ratio), ...flags);
}

async function runOf(report: (plan: Plan) => Report, ...flags: string[]) {
  measurePlan.mockImplementation(ends(async plan => report(plan)));
  const world = outside({ cwd });
  const code = await world.run('run', 'cpu', '--executors', 'limited,queue', ...flags);
  return { code, ...world.written };
}

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

test('a run is kept by a name, and what changed since stands below the next one', async () => {
  const first = await run(1.95, '--save-baseline', 'main');
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/Saved as results\/baselines\/main\.json\nSaved as results\/latest\.html\n$/);
  const { code, stdout } = await run(2.1, '--baseline-run', 'main');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^threads-vs-loop /);
  expect(stdout).toContain('\n\nChanges main → this run\n');
  expect(stdout).toContain('`queue` gained: 1.95× → 2.10× `limited`, 1.08× [1.06, 1.09]');
});

test('the last run is the one before this, and a file is a file', async () => {
  await run(1.95);
  expect((await run(2.1, '--baseline-run', 'last')).stdout).toContain('`queue` gained: 1.95× → 2.10×');
  await run(1, '--json', 'mine.json');
  const { stdout } = await run(2.1, '--baseline-run', 'mine.json');
  expect(stdout).toContain('Changes mine.json → this run\n');
  expect(stdout).toContain('`queue` gained: 1.00× → 2.10×');
});

test('a run may take the place of the one that it is compared with', async () => {
  await run(1.95, '--save-baseline', 'main');
  const { stdout } = await run(2.1, '--baseline-run', 'main', '--save-baseline', 'main');
  expect(stdout).toContain('1.95× → 2.10×');
  expect((await run(2.1, '--baseline-run', 'main')).stdout).toContain('No change shown');
});

test('Markdown has it too, on the screen and beside the results; JSON stays JSON', async () => {
  await run(1.95, '--save-baseline', 'main');
  const shown = await run(2.1, '--baseline-run', 'main', '--reporter', 'markdown,terminal');
  expect(shown.stdout).toContain('\n\n## Changes: main → this run\n');
  expect(readFileSync(join(cwd, 'results', 'latest.txt'), 'utf8')).toContain('\n\nChanges main → this run\n');
  const json = await run(2.1, '--baseline-run', 'main', '--reporter', 'json', '--quiet');
  expect(JSON.parse(json.stdout)).toMatchObject({ interrupted: false });
  expect(json.stderr).toMatch(/^Changes main → this run\n/);
});

test('the page and JUnit have it within', async () => {
  await run(1.95, '--save-baseline', 'main');
  const flags = ['--baseline-run', 'main', '--fail-on', 'slower>5%', '--reporter', 'terminal,junit'];
  const { code } = await run(1.7, ...flags);
  expect(code).toBe(1);
  const kept = (extension: string) => readFileSync(join(cwd, 'results', `latest.${extension}`), 'utf8');
  expect(kept('html')).toContain('<section id="changes">');
  expect(kept('html')).toContain('FAILS');
  expect(kept('junit.xml')).toContain('<testcase name="slower &gt; 5 %" classname="gates.slower"');
  const shown = await run(1.7, '--baseline-run', 'main', '--reporter', 'html', '--quiet');
  expect(shown.stdout).toContain('<section id="changes">');
  expect(shown.stderr).toBe('');
});

test.each([
  [0, 1.95],
  [4, 1.86],
  [1, 1.7],
])('--fail-on exits %i', async (code, ratio) => {
  await run(1.95, '--save-baseline', 'main');
  expect((await run(ratio, '--baseline-run', 'main', '--fail-on', 'slower>5%')).code).toBe(code);
});

test.each([
  [0, 'queue/limited ratio>1.5'],
  [4, 'queue/limited ratio>1.94'],
  [1, 'queue/limited ratio>2'],
])('--assert exits %i', async (code, assertion) => {
  const { code: ended, stdout } = await run(1.95, '--assert', assertion);
  expect(ended).toBe(code);
  expect(stdout).toMatch(/\n\nGATE +(?:Passes|Undecided|Fails): queue\/limited ratio > /);
});

test.each([
  [0, 40, true],
  [4, 49, false],
  [1, 60, false],
])('--fail-on slo exits %i at %i ms', async (code, value, met) => {
  const predicate = { metric: 'p99', operator: '<', value: 50 } as const;
  const slo = [{ predicate, value, bound: value * 1.05, met, beyondShare: null }];
  const served = (plan: Plan) => {
    const report = measured(plan, 1);
    const scenarios = report.scenarios.map(one => ({
      ...one,
      executors: one.executors.map(executor => ({ ...executor, slo })),
    }));
    return { ...report, scenarios };
  };
  const flags = ['--load', 'rate=100/s', '--slo', 'p99<50ms', '--fail-on', 'slo'];
  const { code: ended, stdout } = await runOf(served, ...flags);
  expect(ended).toBe(code);
  expect(stdout).toMatch(/\nGATE +(?:Passes|Undecided|Fails): slo \(2 of 2\)/);
});

test('INVALID ranks before a gate, and an interruption before both', async () => {
  const invalid = (plan: Plan) => {
    const report = measured(plan, 1);
    return { ...report, scenarios: report.scenarios.map(one => ({ ...one, validity: 'INVALID' as const })) };
  };
  expect((await runOf(invalid, '--assert', 'queue/limited ratio>2')).code).toBe(3);
  const cut = (plan: Plan) => measured(plan, 1, { interrupted: true });
  expect((await runOf(cut, '--assert', 'queue/limited ratio>2')).code).toBe(130);
});

test('a run of another machine is told and not compared; only a gate that needs it is left open', async () => {
  await run(1.95, '--save-baseline', 'main');
  const moved = (plan: Plan) => {
    const report = measured(plan, 1);
    return { ...report, environment: { ...report.environment, cpuModel: 'Another CPU' } };
  };
  const told = await runOf(moved, '--baseline-run', 'main');
  expect(told.code).toBe(0);
  expect(words(told.stdout)).toContain('refused: CPU Example CPU @ 2.80GHz → Another CPU');
  expect(told.stdout).not.toMatch(/queue lost/);
  const gated = await runOf(moved, '--baseline-run', 'main', '--fail-on', 'slower>5%');
  expect(gated.code).toBe(4);
  expect(words(gated.stdout)).toContain('Undecided: slower > 5 %, nothing was compared with the earlier run');
});

test('an interrupted run is not kept', async () => {
  const { code, stderr } = await runOf(
    plan => measured(plan, 2, { interrupted: true }),
    '--save-baseline',
    'main',
  );
  expect(code).toBe(130);
  expect(stderr).toContain('Interrupted: not kept as a baseline.');
  expect(existsSync(join(cwd, 'results', 'baselines', 'main.json'))).toBe(false);
});

test.each([
  [['--save-baseline', '../main'], '--save-baseline: expected a plain file name'],
  [['--save-baseline', 'last'], '--save-baseline: expected a plain file name'],
  [['--save-baseline', '.hidden'], '--save-baseline: expected a plain file name'],
  [['--save-baseline', 'main.json'], '--save-baseline: expected a plain file name'],
  [['--save-baseline', 'e\u001b[31m'], '"e\\u001b[31m"'],
  [['--baseline-run', 'main'], 'expected a run in results/baselines/main.json, got no such file'],
  [['--baseline-run', 'last'], 'expected a run in results/latest.json, got no such file'],
  [['--baseline-run', './none.json'], './none.json: expected a results file, got no such file'],
  [
    ['--fail-on', 'slower>5%'],
    '--fail-on slower: expected something to compare with, got neither an earlier run nor two versions',
  ],
  [['--fail-on', 'slo'], '--fail-on slo: expected a scenario with an objective'],
  [['--assert', 'piscina/limited ratio>1'], '--assert: expected two executors of one scenario'],
])('%j is refused before anything is measured', async (flags, message) => {
  const { code, stdout, stderr } = await run(1, ...flags);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(measurePlan).not.toHaveBeenCalled();
});
