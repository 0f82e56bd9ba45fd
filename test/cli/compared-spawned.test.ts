import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { GitProject } from '../support/git-project.js';

/** The built program in a user's git project, with Nodes and revisions to compare. */
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const LIMIT_MS = 60_000;
const EXECUTORS = ['--executors', 'limited,queue', '--threads', '2', '--tasks', '20', '--seed', '7'];
const SHORT = [...EXECUTORS, '--forks', '1', '--rounds', '1', '--warmup', '10ms', '--quiet'];
const task = (body: string) => `export const task = async (index: number) => ${body};\n`;

let project: GitProject;
/** Of the program. */
let temporary: string;

beforeEach(() => {
  const cwd = mkdtempSync(join(tmpdir(), 'tvl-compared-'));
  temporary = join(cwd, 'temporary');
  mkdirSync(temporary);
  project = new GitProject(cwd);
  project.commit({ '.gitignore': 'temporary\nresults\n', 'src/task.ts': task('index') });
  project.git('branch', 'old');
  project.commit({ 'src/task.ts': task('index + 0') });
});
afterEach(() => rmSync(project.folder, { recursive: true }));

function start(...argv: string[]): ChildProcess {
  const env = { ...process.env, TMPDIR: temporary, NO_COLOR: '1' };
  const options = { cwd: project.folder, env, timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const;
  return spawn(process.execPath, [main, ...argv], options);
}

function latest(): { text: string; report: Report } {
  const text = readFileSync(join(project.folder, 'results/latest.json'), 'utf8');
  return { text, report: JSON.parse(text) as Report };
}

test('revisions: commits are in the results, and nothing is left of the checkouts', async () => {
  const { code, stdout, stderr } = await ended(
    start('run', '--worktree', 'old,HEAD', './src/task.ts', ...SHORT),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('OLD → HEAD');
  expect(stdout).toMatch(/executor +worktree/);
  const { text, report } = latest();
  const { executors } = report.scenarios[0]!;
  expect(executors.map(({ variant }) => variant.revision)).toEqual(
    ['old', 'HEAD', 'old', 'HEAD'].map(name => ({ name, commit: project.git('rev-parse', name) })),
  );
  expect(text).not.toContain('threads-vs-loop-worktree-');
  expect(text).toMatch(/"moduleUrl": "old:/);
  expect(readdirSync(temporary)).toEqual([]);
  expect(project.worktrees()).toEqual([]);
});

test('a revision whose module throws: exit code 2, by its name', async () => {
  project.commit({ 'src/task.ts': "throw new TypeError('broken');\nexport {};\n" });
  project.git('branch', 'broken');
  project.commit({ 'src/task.ts': task('index + 1') });
  const { code, stderr } = await ended(start('run', '--worktree', 'broken,HEAD', './src/task.ts', ...SHORT));
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: broken:src\/task\.ts: .*broken/);
  expect(stderr).not.toContain('threads-vs-loop-worktree-');
  expect(readdirSync(temporary)).toEqual([]);
  expect(project.worktrees()).toEqual([]);
});

test.each([
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const)('after %s nothing is left of the checkouts either', async (signal, expected) => {
  const child = start('run', '--worktree', 'old,HEAD', './src/task.ts', ...EXECUTORS, '--warmup', '60s');
  const exit = once(child, 'close');
  let said = '';
  child.stderr!.on('data', chunk => (said += chunk));
  await vi.waitFor(() => expect(said).toMatch(/1\/1/), { timeout: LIMIT_MS });
  expect(project.worktrees()).toHaveLength(2);
  child.kill(signal);
  expect((await exit)[0]).toBe(expected);
  // Of who was killed the reaper removes them.
  await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), { timeout: LIMIT_MS });
  await vi.waitFor(() => expect(project.worktrees()).toEqual([]), { timeout: LIMIT_MS });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while packages are installed ends that too, exit code %i', async (signal, expected) => {
  const pidFile = join(temporary, 'setup.pid');
  const script = join(project.folder, 'temporary', 'setup.cjs');
  writeFileSync(
    script,
    `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setTimeout(() => {}, 60_000);`,
  );
  // The shell of the command is not what is to end.
  const setup = `"${process.execPath}" "${script}" && true`;
  const child = start('run', '--worktree', 'old,HEAD', '--worktree-setup', setup, './src/task.ts', ...SHORT);
  const exit = once(child, 'close');
  let pid = 0;
  await vi.waitFor(
    () => {
      pid = Number(readFileSync(pidFile, 'utf8'));
      expect(pid).toBeGreaterThan(0);
    },
    { timeout: LIMIT_MS },
  );
  child.kill(signal);
  expect((await exit)[0]).toBe(expected);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: LIMIT_MS });
  const left = () => readdirSync(temporary).filter(name => !name.startsWith('setup.'));
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: LIMIT_MS });
  await vi.waitFor(() => expect(project.worktrees()).toEqual([]), { timeout: LIMIT_MS });
});

test('Nodes: both are named in the results and the report, without where they lie', async () => {
  symlinkSync(process.execPath, join(temporary, 'twin'));
  const { code, stdout } = await ended(
    start('run', '--node', 'current,temporary/twin', './src/task.ts', ...SHORT),
  );
  expect(code).toBe(0);
  const { node, v8 } = process.versions;
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`Node ${node}@node and ${node}@twin · `);
  const { text, report } = latest();
  const [, twin] = report.scenarios[0]!.executors;
  expect(twin!.variant.node).toEqual({
    label: `${node}@twin`,
    version: node,
    v8,
    name: 'twin',
    execPath: 'twin',
  });
  expect(text).not.toContain(process.execPath);
});

test('a config may say both; a tune is of one Node, and checks nothing out', async () => {
  symlinkSync(process.execPath, join(temporary, 'twin'));
  const scenario = (name: string, more: object) => ({ name, workload: './src/task.ts', ...more });
  const config = {
    scenarios: [
      scenario('nodes', { node: ['current', './temporary/twin'] }),
      scenario('revisions', { worktree: ['old', 'HEAD'] }),
    ],
  };
  project.write('threads-vs-loop.config.json', JSON.stringify(config));
  expect((await ended(start('run', ...SHORT))).code).toBe(0);
  const ids = latest().report.scenarios.map(({ executors }) => executors.map(({ variant }) => variant.id));
  expect(ids[0]).toContain(`queue node=${process.versions.node}@twin`);
  expect(ids[1]).toContain('queue worktree=old');
  const refused = await Promise.all(['nodes', 'revisions'].map(name => ended(start('tune', name))));
  expect(refused.map(({ code }) => code)).toEqual([2, 2]);
  expect(refused[0]!.stderr).toMatch(
    /^error: nodes: expected a scenario that is tuned in one Node, got several\./,
  );
  expect(refused[1]!.stderr).toMatch(/worktree: expected the command run, got another\./);
});

test('--print-plan says what would be compared, and leaves nothing behind', async () => {
  const { code, stdout } = await ended(
    start('run', '--worktree', 'old,HEAD', './src/task.ts', '--print-plan'),
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/worktree +old, HEAD +flag --worktree/);
  expect(readdirSync(temporary)).toEqual([]);
});
