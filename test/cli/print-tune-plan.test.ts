import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';
import { outside } from './outside.js';

const tune = vi.hoisted(() =>
  vi.fn(() => {
    throw new Error('nothing is measured');
  }),
);
vi.mock('../../src/tune/tune.js', () => ({ tune }));

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-print-tune-plan-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

async function printed(...flags: string[]) {
  const launcher = new ScriptedLauncher(new FakeClock(), () => new Error('no trial'));
  const { run, written } = outside({ cwd, launcher });
  const code = await run('tune', ...flags, '--print-plan', '--no-config');
  expect([code, written.stderr]).toEqual([0, '']);
  expect(launcher.log).toEqual([]);
  expect(existsSync(join(cwd, 'results'))).toBe(false);
  const rows = written.stdout.split('\n').flatMap(line => {
    const [, setting, value, from] = /^ {2}(\S+(?: \S+)*) {2,}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
    return setting === undefined ? [] : [[setting, `${value} | ${from}`] as const];
  });
  return { text: written.stdout, table: Object.fromEntries(rows) };
}

test('a tune prints what it would search and for how long, and measures nothing', async () => {
  const { text, table } = await printed(
    'cpu',
    '--threads',
    '1..3',
    '--in-flight',
    '1,4',
    '--param',
    'cpuMs=2',
  );
  expect(text).toMatch(
    /^threads-vs-loop · plan, nothing is measured\nconfig file: none\nseed: \d+ \(drawn at random\)\n\nCPU /,
  );
  expect(text).toContain('\n\nSEARCH\n');
  expect(table).toMatchObject({
    executors: 'limited, piscina | built-in default',
    'left out': 'tinypool, poolifier, | flag --executors adds them',
    threads: '1, 2, 3 | flag --threads',
    'inFlight of a thread': '1, 4 | flag --in-flight',
    // As many as all workers together.
    'inFlight of the loop': '1, 2, 3, 4, 8, 12 | flag --in-flight',
    within: '3% | built-in default',
    budget: '90s | built-in default',
    'params.cpuMs': '2 | flag --param',
    warmup: 'auto | built-in default',
  });
  expect(text).toMatch(/ workerpool, processes,\s+\(queue: --write\)\n\s+queue\n/);
  expect(table.points).toMatch(/^12 less those/);
  for (const decided of ['rounds', 'forks', 'baseline', 'budgetMs'])
    expect(table).not.toHaveProperty(decided);
});

test('what was asked for is told by its flag', async () => {
  const { table } = await printed(
    'cpu',
    '--executor',
    'limited',
    '--budget',
    '3m',
    '--within',
    '5%',
    '--max-memory',
    '200MB',
  );
  expect(table).toMatchObject({
    executors: 'limited | flag --executor',
    within: '5% | flag --within',
    maxMemory: '200MB | flag --max-memory',
    budget: '3m | flag --budget',
  });
  expect(table).not.toHaveProperty('threads');
});

test('what cannot be tuned is refused as by a tune', async () => {
  const { run, written } = outside({ cwd });
  expect(await run('tune', 'cpu', '--print-plan', '--budget', 'soon')).toBe(2);
  expect(written.stderr).toContain('--budget: expected a duration');
});
