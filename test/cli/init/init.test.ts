import { execFile } from 'node:child_process';
import {
  existsSync,
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
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/schema/index.js';
import { outside } from '../outside.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const main = join(root, 'dist', 'src', 'cli', 'main.js');
const MANIFEST = '{\n\t"name": "users-project",\n\t"files": ["a", "b"]\n}\n';

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
const read = (...path: string[]) => readFileSync(at(...path), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-init-'));
  writeFileSync(at('package.json'), MANIFEST);
  mkdirSync(at('node_modules'));
  symlinkSync(root, at('node_modules', 'threads-vs-loop'), 'dir');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function init(...argv: string[]) {
  const { run, written } = outside({ cwd: folder });
  return { code: await run('init', ...argv), ...written };
}

describe.each([
  ['mjs', false],
  ['ts', true],
])('what it writes in .%s', (extension, typescript) => {
  it('runs', { timeout: 120_000 }, async () => {
    if (typescript) writeFileSync(at('tsconfig.json'), '{}');
    const { code, stdout } = await init();
    expect(code).toBe(0);
    expect(stdout).toContain(
      `bench/my-task.${extension}, threads-vs-loop.config.${extension} and the script`,
    );
    expect(stdout).toContain('npm run bench:threads');
    expect(stdout).toContain('npx threads-vs-loop tune my-task');
    expect(stdout).not.toContain('npm install');
    const { scripts } = JSON.parse(read('package.json'));
    // As npm does: what is behind the name of the program.
    const argv = scripts['bench:threads'].split(' ').slice(1);
    const few = ['--forks', '1', '--rounds', '1', '--budget', '1s', '--tasks', '8', '--quiet'];
    const ended = await promisify(execFile)(process.execPath, [main, ...argv, ...few], { cwd: folder });
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toContain('MY-TASK');
    const report: Report = JSON.parse(read('results', 'latest.json'));
    const [scenario] = report.scenarios;
    expect(scenario).toMatchObject({ scenario: { name: 'my-task', tasks: 8, baseline: 'limited' } });
    expect(scenario!.executors.map(({ variant }) => variant.name)).toEqual(['limited', 'queue']);
    for (const { outcomes } of scenario!.executors) expect(outcomes.failed).toEqual({});
    const tune = ['tune', 'my-task', '--print-plan'];
    const shown = await promisify(execFile)(process.execPath, [main, ...tune], { cwd: folder });
    expect(shown.stdout).toMatch(/^SEARCH/m);
  });
});

it('leaves package.json as it was but for the script', async () => {
  await init();
  expect(read('package.json')).toBe(
    '{\n\t"name": "users-project",\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t"bench:threads": "threads-vs-loop run"\n\t}\n}\n',
  );
});

it('keeps results out of git, and says so', async () => {
  expect((await init()).stdout).not.toContain('.gitignore');
  mkdirSync(at('.git'));
  expect((await init('--force')).stdout).toContain('\nWrote .gitignore, which keeps results/ out of git.\n');
  expect(read('.gitignore')).toBe('results/\n');
  expect((await init('--force')).stdout).not.toContain('.gitignore');
  writeFileSync(at('.gitignore'), 'node_modules\n');
  expect((await init('--force')).stdout).toContain('\nAdded results/ to .gitignore.\n');
  expect(read('.gitignore')).toBe('node_modules\nresults/\n');
});

it('takes a folder, and says how to get there and what is not installed', async () => {
  const other = mkdtempSync(join(tmpdir(), 'tvl-init-other-'));
  try {
    writeFileSync(join(other, 'package.json'), '{}');
    const { run, written } = outside({ cwd: tmpdir() });
    expect(await run('init', other)).toBe(0);
    expect(written.stdout).toMatch(
      /^ {4}cd tvl-init-other-\w+\n {4}npm install --save-dev \S+ +# it is not there yet\n/m,
    );
    expect(existsSync(join(other, 'bench', 'my-task.mjs'))).toBe(true);
  } finally {
    rmSync(other, { recursive: true });
  }
});

describe('what is there', () => {
  const untouched = async (argv: readonly string[], message: string) => {
    const before = readdirSync(folder, { recursive: true }).sort();
    const manifest = read('package.json');
    const { code, stdout, stderr } = await init(...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
    expect(read('package.json')).toBe(manifest);
  };

  it('is not overwritten without --force', async () => {
    mkdirSync(at('bench'));
    writeFileSync(at('bench', 'my-task.mjs'), 'mine');
    await untouched([], 'init: expected nothing in its way, got bench/my-task.mjs. Keep it, or take --force');
    expect(read('bench', 'my-task.mjs')).toBe('mine');
    expect((await init('--force')).code).toBe(0);
    expect(read('bench', 'my-task.mjs')).toContain('export async function task');
    // Its own script is no obstacle.
    expect((await init('--force')).code).toBe(0);
    expect(read('package.json').match(/bench:threads/g)).toHaveLength(1);
  });

  it('may be another config: two would be one too many, with --force too', async () => {
    writeFileSync(at('threads-vs-loop.config.json'), '{}');
    const message = 'got threads-vs-loop.config.json. Rename or remove what is there';
    await untouched([], message);
    await untouched(['--force'], message);
  });

  it('may be a script of that name', async () => {
    writeFileSync(at('package.json'), '{ "scripts": { "bench:threads": "node mine.js" } }');
    await untouched(['--force'], 'got another script bench:threads in package.json. Rename or remove');
  });

  it('may be a link that leads nowhere', async () => {
    symlinkSync('nowhere', at('threads-vs-loop.config.mjs'));
    await untouched([], 'got threads-vs-loop.config.mjs');
  });

  it.each([
    ['{ "name"', 'package.json: expected JSON, got text that is none'],
    ['[]', 'package.json: expected an object, got []. Correct it.'],
    ['{ "scripts": [] }', 'package.json: scripts: expected an object, got []. Correct it.'],
  ])('may be a package.json such as %s', async (text, message) => {
    writeFileSync(at('package.json'), text);
    await untouched([], message);
  });

  it('has to be a project', async () => {
    const { code, stderr } = await init('node_modules');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'init: expected a folder with a package.json, got none at node_modules/package.json. Make one there by npm init',
    );
  });
});
