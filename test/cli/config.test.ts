import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { reportOf } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let folder: string;
let cwd: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-cli-config-'));
  cwd = join(folder, 'packages');
  mkdirSync(cwd);
  const config = {
    scenarios: [{ name: 'mine', summary: 'what is mine', workload: 'cpu', rounds: 4 }],
    executors: ['limited', 'queue'],
    defaults: { threads: 3, taskTimeoutMs: 9_000 },
  };
  writeFileSync(join(folder, 'threads-vs-loop.config.json'), JSON.stringify(config));
  measurePlan.mockReset();
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function cli(...argv: string[]) {
  const { run, written } = outside({ cwd });
  const code = await run(...argv);
  return { code, ...written, plan: measurePlan.mock.calls[0]?.[0] };
}

test('run without targets runs the scenarios of the config, and says which config that is', async () => {
  const { code, stdout, stderr, plan } = await cli('run', '--tasks', '6');
  expect(code).toBe(0);
  expect(stdout).toContain('MINE');
  expect(stderr).toContain('Config: ../threads-vs-loop.config.json\n');
  expect(plan).toMatchObject({
    suite: null,
    scenarios: [
      {
        name: 'mine',
        tasks: 6,
        taskTimeoutMs: 9_000,
        executors: [{ name: 'limited' }, { name: 'queue', threads: 3 }],
        measurement: { rounds: 4 },
      },
    ],
  });
});

test('a scenario of it is a target', async () => {
  expect((await cli('run', 'mine', '--quiet')).stderr).toBe('');
  expect(measurePlan.mock.calls[0]![0].scenarios).toMatchObject([{ name: 'mine' }]);
});

test('with --no-config there is none', async () => {
  const { code, stderr, plan } = await cli('run', '--no-config');
  expect(code).toBe(0);
  expect(stderr).not.toContain('Config:');
  expect(plan).toMatchObject({ suite: 'default', scenarios: [{ taskTimeoutMs: 30_000 }, {}, {}] });
});

test('--config names another', async () => {
  writeFileSync(join(cwd, 'other.mjs'), "export default { scenarios: [{ name: 'other', workload: 'cpu' }] }");
  const { plan } = await cli('run', '--config', 'other.mjs');
  expect(plan).toMatchObject({ scenarios: [{ name: 'other', taskTimeoutMs: 30_000 }] });
});

test('one that is wrong is an error of usage, before anything is measured', async () => {
  writeFileSync(join(cwd, 'threads-vs-loop.config.mjs'), 'export default { defaults: { thread: 2 } }');
  const { code, stderr, plan } = await cli('run', 'cpu');
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^error: threads-vs-loop\.config\.mjs: defaults: thread: got "thread"\. Did you mean threads\? Expected one of .*\n$/,
  );
  expect(plan).toBeUndefined();
  // What does not need it goes on.
  expect((await cli('list', 'executors')).code).toBe(0);
  expect((await cli('list', 'config')).code).toBe(2);
  expect((await cli('list', '--no-config')).code).toBe(0);
});

test('list shows its scenarios', async () => {
  const text = ['CONFIG  ../threads-vs-loop.config.json: run, or run SCENARIO', '  mine  what is mine', ''];
  const { stdout } = await cli('list', 'config');
  expect(stdout.split('\n').map(line => line.replace(' for one of its scenarios', ''))).toEqual(text);
  expect((await cli('list')).stdout).toContain(stdout);
});

test('list says that there is none to those who ask', async () => {
  rmSync(join(folder, 'threads-vs-loop.config.json'));
  expect((await cli('list', 'config')).stdout).toBe('CONFIG  none here, nor in a folder above\n');
  expect((await cli('list')).stdout).not.toContain('CONFIG');
  writeFileSync(join(cwd, 'threads-vs-loop.config.json'), '{}');
  expect((await cli('list', 'config')).stdout).toContain('no scenarios: only defaults');
});
