import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ended } from '../support/ended.js';

/** The built program: only what needs a process. */
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const LIMIT_MS = 30_000;

let cwd: string;
/** Of the program. */
let temporary: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-spawned-'));
  temporary = join(cwd, 'temporary');
  mkdirSync(temporary);
});
afterEach(() => rmSync(cwd, { recursive: true }));

function start(...argv: string[]): ChildProcess {
  const env = {
    ...process.env,
    TMPDIR: temporary,
    CI: 'true',
    NO_COLOR: undefined,
    FORCE_COLOR: undefined,
    DEBUG: undefined,
  };
  return spawn(process.execPath, [main, ...argv], { cwd, env, timeout: LIMIT_MS, killSignal: 'SIGKILL' });
}

test('--help and --version are on stdout and exit 0', async () => {
  const [help, version] = await Promise.all([ended(start('--help')), ended(start('--version'))]);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: threads-vs-loop');
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('wrong usage exits 2, says so on stderr, and has no stack', async () => {
  const { code, stdout, stderr } = await ended(start('run', 'noop', '--threads', '0'));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: --threads: expected .*, got 0\. .*\n$/);
});

test('a task that cannot run in a worker exits 2 before anything is measured, by file and line', async () => {
  writeFileSync(
    join(cwd, 'moves.ts'),
    "interface A {}\nexport async function task(index: number) {\n  process.chdir('/');\n  return index;\n}\n",
  );
  const { code, stdout, stderr } = await ended(start('run', './moves.ts', '--executors', 'limited,queue'));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: moves\.ts: expected a task that .* in workers \(moves\.ts:3\)\. .*\n$/);
  expect(readdirSync(join(cwd, 'results'))).toEqual([]);
});

test('a reader that leaves early does no harm', async () => {
  const child = start('list');
  child.stdout!.destroy();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

test('versions that give other results are no comparison: exit code 3, and both are named', async () => {
  writeFileSync(join(cwd, 'old.mjs'), 'export const task = async index => index;\n');
  writeFileSync(join(cwd, 'new.mjs'), 'export const task = async index => (index === 7 ? -7 : index);\n');
  const { code, stdout } = await ended(
    start('run', '--versus', './old.mjs', './new.mjs', '--quiet', '--budget', '1s', ...SHORT),
  );
  expect(code).toBe(3);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /^threads-vs-loop .* OLD → NEW No verdict: results differ: .*limited new.* disagree with `sequential old` on up to 1 of 20 tasks in fork 1, the first is task 7: -7 and 7/,
  );
});

const SHORT = [
  '--executors',
  'sequential,limited',
  '--tasks',
  '20',
  '--forks',
  '1',
  '--rounds',
  '1',
  '--warmup',
  '10ms',
  '--seed',
  '7',
];

test('piped output has no control codes, and stdout is the report alone', async () => {
  const { code, stdout, stderr } = await ended(start('run', 'noop', ...SHORT));
  expect(code).toBe(0);
  for (const text of [stdout, stderr]) expect(text).not.toContain('\x1b');
  expect(stdout).toContain('NOOP');
  expect(stdout).not.toMatch(/fork 1 ·|Saved as/);
  expect(stderr).toMatch(/fork 1 ·/);
  expect(stderr).toMatch(/Saved as results\/.*-noop\.json\nSaved as results\/latest\.html\n$/);
  expect((await ended(start('report', 'results/latest.json'))).stdout).toBe(stdout);
});

test('Ctrl-C shows what is finished and exits 130', async () => {
  const child = start('run', 'noop', 'timer', ...SHORT, '--param', 'waitMs=60000', '--task-timeout', '60s');
  const end = ended(child);
  // The second scenario has begun, so the first is finished; its tasks would take a minute.
  for await (const chunk of child.stderr!) if (String(chunk).includes('TIMER')) break;
  child.kill('SIGINT');
  const { code, stdout } = await end;
  expect(code).toBe(130);
  expect(stdout).toContain('NOOP');
});

test(
  'a killed CLI leaves no files of its children behind',
  async () => {
    const write = [
      'fs',
      '--param',
      'operation=write',
      '--tasks',
      '100000',
      '--executors',
      'limited,processes',
    ];
    const child = start('run', ...write);
    // Its hosts have begun to write.
    await expect.poll(() => readdirSync(temporary).length, { timeout: LIMIT_MS }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await expect.poll(() => readdirSync(temporary), { timeout: LIMIT_MS }).toEqual([]);
  },
  2 * LIMIT_MS,
);
