import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import { commandHint, durationFlag } from '../../src/report/hints/command-hint.js';
import type { Plan, Report } from '../../src/schema/index.js';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { executorResult, reportOf, scenarioResult } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-run-'));
  // Where results are kept that find no place in their folder.
  vi.stubEnv('TMPDIR', cwd);
  measurePlan.mockReset();
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cwd, { recursive: true });
});

function saved(): Report {
  return JSON.parse(readFileSync(join(cwd, 'results', 'latest.json'), 'utf8'));
}

test('the report is on stdout and nothing else, progress on stderr, results in the folder', async () => {
  measurePlan.mockImplementation(async function* (plan) {
    yield { type: 'run-started', plan };
    const scenario = plan.scenarios[0]!;
    yield { type: 'scenario-started', scenario, purpose: 'comparison', number: 1, ofScenarios: 1 };
    yield { type: 'done', report: reportOf(plan) };
  });
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--seed', '7', '--json', 'mine.json')).toBe(0);
  expect(measurePlan.mock.calls[0]![0]).toMatchObject({ seed: 7, scenarios: [{ id: 'waiting' }] });
  expect(written.stdout).toContain('WAITING');
  expect(written.stdout).not.toContain('\x1b');
  expect(written.stderr).toBe(
    'about 20 s, up to 60 s where that is enough to warm the code up\nWAITING 1/1\nSaved as results/2026-11-20T21-30-00Z-waiting.json\nSaved as results/latest.html\n',
  );
  expect(readdirSync(join(cwd, 'results'))).toEqual([
    '2026-11-20T21-30-00Z-waiting.json',
    'latest.html',
    'latest.json',
  ]);
  expect(JSON.parse(readFileSync(join(cwd, 'mine.json'), 'utf8'))).toEqual(saved());
});

test('the report has the command that made it, and a hint made of it is one that runs', async () => {
  measurePlan.mockImplementation(ends(async (plan, { command }) => reportOf(plan, { command: command! })));
  const { run } = outside({ cwd });
  expect(await run('run', 'waiting', '--budget=20s', '-n', '100', '--timeline')).toBe(0);
  const { command } = saved();
  expect(command).toEqual({
    program: 'threads-vs-loop',
    args: ['run', 'waiting', '--budget=20s', '-n', '100', '--timeline'],
  });
  const changes = { tasks: '400', forks: '20', budget: durationFlag(180_000) };
  const words = commandHint(command!, changes, null).slice(1);
  expect(await run(...words)).toBe(0);
  expect(measurePlan.mock.calls[1]![0].scenarios).toMatchObject([
    { id: 'waiting', tasks: 400, timeline: true, measurement: { forks: 20, budgetMs: 180_000 } },
  ]);
});

test.each([
  [[], ['sequential', 'limited'], false],
  [['--timeline'], undefined, true],
  [['--no-timeline'], undefined, false],
] as const)(
  'with %j a trial of %j is recorded without being asked for',
  async (flags, recorded, timeline) => {
    measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
    const { run } = outside({ cwd });
    expect(await run('run', 'waiting', '--executors', 'sequential,limited', ...flags)).toBe(0);
    const [scenario] = measurePlan.mock.calls[0]![0].scenarios;
    expect({ recorded: scenario!.recorded, timeline: scenario!.timeline }).toEqual({ recorded, timeline });
  },
);

test('the first reporter is printed, the others are kept beside the results', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--reporter', 'markdown, terminal,markdown')).toBe(0);
  expect(written.stdout).toMatch(/^\*\*threads-vs-loop\*\*/);
  expect(written.stderr).toMatch(
    /Saved as results\/2026-.*\.json\nSaved as results\/latest\.html\nSaved as results\/latest\.txt\n$/,
  );
  expect(readFileSync(join(cwd, 'results', 'latest.txt'), 'utf8')).toMatch(/^threads-vs-loop {3}Node/);
  expect(readdirSync(join(cwd, 'results')).filter(name => name.startsWith('latest'))).toEqual([
    'latest.html',
    'latest.json',
    'latest.txt',
  ]);
});

test('a reporter there is not is refused before anything is measured', async () => {
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting', '--reporter', 'terminal,markdwon')).toBe(2);
  expect(written.stderr).toMatch(
    /--reporter: got "markdwon"\. Did you mean markdown\? Expected one of terminal, json, markdown, html, /,
  );
  expect(measurePlan).not.toHaveBeenCalled();
});

test('with --quiet the report is all there is', async () => {
  measurePlan.mockImplementation(async function* (plan) {
    yield { type: 'run-started', plan };
    const scenario = plan.scenarios[0]!;
    yield { type: 'scenario-started', scenario, purpose: 'comparison', number: 1, ofScenarios: 1 };
    yield { type: 'done', report: reportOf(plan) };
  });
  const { run, written } = outside({ cwd });
  expect(await run('run', 'cpu', '--quiet', '--out', 'elsewhere')).toBe(0);
  expect(written.stderr).toBe('');
  expect(written.stdout).toContain('CPU');
  expect(existsSync(join(cwd, 'elsewhere', 'latest.json'))).toBe(true);
});

test('colour is for terminals, whatever CI says', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const coloured = async (isTTY: boolean) => {
    let text = '';
    const stdout = { isTTY, columns: 100, write: (more: string) => (text += more) };
    await outside({ cwd, stdout, env: { CI: 'true' } }).run('run', 'cpu');
    return text.includes('\x1b[');
  };
  expect([await coloured(true), await coloured(false)]).toEqual([true, false]);
});

test('what is measured so far is on disk while the run goes on, and stays if it fails', async () => {
  measurePlan.mockImplementation(async function* (plan) {
    yield { type: 'partial', report: reportOf(plan, { interrupted: true }) };
    expect(saved().interrupted).toBe(true);
    throw new WorkerLost('the origin ended');
  });
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(1);
  expect(written.stderr).toBe('Saved as results/latest.html\nerror: the origin ended\n');
  expect(saved().scenarios).toHaveLength(1);
});

test('exit codes come from the report', async () => {
  const exit = async (more: (plan: Plan) => Partial<Report>) => {
    measurePlan.mockImplementation(ends(async plan => reportOf(plan, more(plan))));
    return outside({ cwd }).run('run', 'cpu');
  };
  const executors = [executorResult('queue', { lostTrials: 1 })];
  const first = ({ scenarios }: Plan) => scenarios[0]!;
  expect(await exit(plan => ({ scenarios: [scenarioResult(first(plan), { executors })] }))).toBe(1);
  const validity = 'INVALID';
  expect(await exit(plan => ({ scenarios: [scenarioResult(first(plan), { validity })] }))).toBe(3);
});

test('the first Ctrl-C ends the run with what there is, the second at once', async () => {
  const { run, written, signals, exits } = outside({ cwd });
  measurePlan.mockImplementation(
    ends(async (plan, { signal }) => {
      signals.emit('SIGINT');
      expect([signal!.aborted, exits.length]).toEqual([true, 0]);
      signals.emit('SIGTERM');
      return reportOf(plan, { interrupted: true });
    }),
  );
  expect(await run('run', 'waiting')).toBe(130);
  expect(exits).toEqual([130]);
  expect(written.stdout).toContain('WAITING');
  expect(written.stderr).toContain('Interrupted: what is measured is kept.');
  expect(saved().interrupted).toBe(true);
  expect(signals.eventNames()).toEqual([]);
});

test('a run that measured nothing leaves the results of the last', async () => {
  const { run, written } = outside({ cwd });
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  await run('run', 'waiting');
  measurePlan.mockImplementation(ends(async plan => reportOf(plan, { interrupted: true, scenarios: [] })));
  expect(await run('run', 'waiting')).toBe(130);
  expect(saved().interrupted).toBe(false);
  expect(written.stderr).toContain('Interrupted before anything was measured.');
});

test('a report that cannot be saved is shown all the same', async () => {
  measurePlan.mockImplementation(
    ends(async plan => {
      rmSync(join(cwd, 'results'), { recursive: true });
      writeFileSync(join(cwd, 'results'), 'in the way');
      return reportOf(plan);
    }),
  );
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(1);
  expect(written.stdout).toContain('WAITING');
  expect(written.stderr).toContain('error: ENOTDIR');
});

test('a bug is called one, and shows where only when asked', async () => {
  measurePlan.mockImplementation(ends(() => Promise.reject(new Error('oops'))));
  const stderr = async (env: Record<string, string>) => {
    const { run, written } = outside({ cwd, env });
    expect(await run('run', 'waiting')).toBe(1);
    return written.stderr;
  };
  expect(await stderr({})).toMatch(/^error: oops\nThis is a bug in threads-vs-loop\. .*\n$/);
  expect(await stderr({ DEBUG: '1' })).toMatch(/\n +at /);
});

test('a saved run is rendered again as it was', async () => {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd });
  await run('run', 'waiting', '--quiet');
  const shown = written.stdout;
  written.stdout = '';
  expect(await run('report', 'results/latest.json')).toBe(0);
  expect(written.stdout).toBe(shown);
  written.stdout = '';
  expect(await run('report', 'results/latest.json', '--format', 'json')).toBe(0);
  expect(JSON.parse(written.stdout)).toEqual(saved());
});
