import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, textOf } from './extract.js';

/**
 * The shell of the workflow in docs/compare.md, step by step as it stands, with the variables that GitHub sets, in a
 * checkout of a project of one small scenario. `npm ci` puts this package where npm would.
 */
const LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'tvl-workflow-'));
const at = (...path: string[]) => join(folder, ...path);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [, workflow = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(textOf('docs/compare.md')) ?? [];
/** Bodies of `run: |`, and what `run:` has on its line. */
const steps = [...workflow.matchAll(/^ {6}(?:- | {2})run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/gm)].map(
  ([, block, line]) => block?.replace(/^ {10}/gm, '') ?? line!,
);

const CONFIG = `export default {
  scenarios: [{ name: 'small', workload: 'cpu', params: { cpuMs: 0.2 }, tasks: 20 }],
  executors: ['limited', 'queue'],
  defaults: { forks: 3, rounds: 2, warmup: '10ms' },
};\n`;

const NPM = `#!/bin/sh
[ "$1" = ci ] || exit 9
mkdir -p node_modules/.bin
ln -sfn ${root} node_modules/threads-vs-loop
printf '#!/bin/sh\\nexec "${process.execPath}" "${join(root, 'dist/src/cli/main.js')}" "$@"\\n' > node_modules/.bin/threads-vs-loop
chmod +x node_modules/.bin/threads-vs-loop
`;

const git = (...args: string[]) =>
  spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], {
    cwd: at('checkout'),
    encoding: 'utf8',
  });

function shell(script: string) {
  const env = {
    ...process.env,
    PATH: `${at('bin')}:${process.env.PATH}`,
    GITHUB_OUTPUT: at('output'),
    GITHUB_STEP_SUMMARY: at('summary.md'),
    GITHUB_WORKSPACE: at('checkout'),
    RUNNER_TEMP: at('temporary'),
    BASE_SHA: git('rev-parse', 'HEAD').stdout.trim(),
  };
  // As GitHub calls it.
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  return spawnSync('bash', args, { cwd: at('checkout'), env, encoding: 'utf8', timeout: LIMIT_MS });
}

beforeAll(() => {
  for (const name of ['bin', 'checkout', 'temporary']) mkdirSync(at(name));
  writeFileSync(at('bin', 'npm'), NPM);
  chmodSync(at('bin', 'npm'), 0o755);
  symlinkSync(process.execPath, at('bin', 'node'));
  writeFileSync(at('checkout', 'package.json'), '{ "name": "project", "type": "module" }');
  writeFileSync(at('checkout', '.gitignore'), 'node_modules\nresults\n');
  writeFileSync(at('checkout', 'threads-vs-loop.config.mjs'), CONFIG);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
});

test('every step of shell runs, and the summary has report and comparison', { timeout: 3 * LIMIT_MS }, () => {
  expect(steps).toHaveLength(5);
  const [install, machine, base, measure, compare] = steps as [string, string, string, string, string];
  for (const script of [install, machine, base, measure]) {
    const { status, stderr } = shell(script);
    expect(status, `${script}\n${stderr}`).toBe(0);
  }
  expect(readFileSync(at('output'), 'utf8')).toMatch(/^cpu=[\w-]+-\d+\n$/);
  expect(readFileSync(at('checkout', 'results', 'baselines', 'base.json'), 'utf8')).toContain('"small"');
  const { status, stdout, stderr } = shell(compare);
  // So short a run decides nothing, or by chance anything: each of the three ways is one.
  expect([0, 1], stderr).toContain(status);
  const summary = readFileSync(at('summary.md'), 'utf8');
  expect(summary).toMatch(/^\*\*threads-vs-loop\*\*/);
  // Each once.
  expect(summary.match(/^\*\*threads-vs-loop\*\*/gm)).toHaveLength(1);
  expect(summary.match(/^## Changes/gm)).toHaveLength(1);
  expect(summary).toContain('## Changes: results/baselines/base.json → results/latest.json');
  const outcome = /^### GATE: (\w+)/m.exec(summary)?.[1];
  expect(outcome).toBe(status === 1 ? 'Fails' : stdout.includes('::warning::') ? 'Undecided' : 'Passes');
});

test('all the expressions of the workflow are known ones', () => {
  const expressions = [...workflow.matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, expression]) => expression);
  expect(new Set(expressions)).toEqual(
    new Set([
      'github.event.pull_request.base.sha',
      'steps.machine.outputs.cpu',
      'steps.base.outputs.cache-primary-key',
    ]),
  );
});

test('given a gate that fails, then the base is kept all the same: it is saved behind its own step', () => {
  const actions = [...workflow.matchAll(/^ {6}(?:- | {2})(?:uses: (actions\/cache\S*)|run: )/gm)];
  // Its own step, what saves it, and what runs next.
  expect(actions.slice(2).map(([, action = 'shell']) => action.split('@')[0])).toEqual([
    'actions/cache/restore',
    'shell',
    'actions/cache/save',
    'shell',
    'shell',
  ]);
  const [, save] = workflow.split('actions/cache/save');
  expect(workflow.split('actions/cache/save')[0]).toMatch(
    /if: steps\.base\.outputs\.cache-hit != 'true'\n\s+uses: $/,
  );
  expect(save).toContain('path: results/baselines');
});
