import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executorChecks } from '../src/contract/index.js';
import type { Report } from '../src/schema/index.js';
import { reasonsOf } from './support/sentences.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tvl-examples-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('library.mjs measures, renders and uses the numbers', async () => {
  const { stdout } = await execute(process.execPath, ['examples/library.mjs', '1'], { cwd: root });
  expect(stdout).toMatch(/^fork 1 after [\d.]+ s$/m);
  expect(stdout).toMatch(/queue ÷ limited: \d+\.\d\d \(.+\), (VALID|WEAK)\n$/);
});

it('capacity.mjs tells latencies at each rate, and what it cannot say of one fork', async () => {
  const { stdout } = await execute(process.execPath, ['examples/capacity.mjs', '0.2'], { cwd: root });
  expect(stdout.match(/^\d+\/s {2}(limited|queue) +(p90 \d+\.\d ms|overloaded)$/gm)).toHaveLength(6);
  expect(stdout).toMatch(/^limited: .*, confirmed: (null|true|false)$/m);
});

it('hash-files.mjs is a workload that every executor runs alike', async () => {
  const args = [
    'dist/src/cli/main.js',
    'run',
    './examples/hash-files.mjs',
    '--tasks',
    '8',
    '--param',
    'passes=2',
  ];
  await execute(
    process.execPath,
    [...args, '--forks', '1', '--rounds', '1', '--warmup', '10ms', '--quiet', '--out', folder],
    {
      cwd: root,
    },
  );
  const report = JSON.parse(await readFile(join(folder, 'latest.json'), 'utf8')) as Report;
  const [scenario] = report.scenarios;
  expect(scenario?.executors.map(({ variant: { id } }) => id)).toEqual([
    'sequential',
    'limited',
    'queue',
    'piscina',
  ]);
  // The cold trial, and batches of the same eight.
  for (const { outcomes, trials } of scenario?.executors ?? []) {
    const batches = trials.reduce((sum, trial) => sum + (trial.state === 'measured' ? trial.batches : 0), 0);
    expect(batches).toBeGreaterThanOrEqual(2);
    expect(outcomes.completed).toBe(8 * batches);
  }
  expect(reasonsOf(scenario).join()).not.toMatch(/differ|disagree/);
});

it('word-count.mjs has two ways to the same, which are compared', async () => {
  const versions = [
    '--versus',
    './examples/word-count.mjs#countWords',
    './examples/word-count.mjs#countAtSpaces',
  ];
  const short = [
    '--tasks',
    '8',
    '--forks',
    '1',
    '--rounds',
    '1',
    '--warmup',
    '10ms',
    '--quiet',
    '--out',
    folder,
  ];
  const args = ['dist/src/cli/main.js', 'run', ...versions, '--args', 'examples/texts.ndjson', ...short];
  const { stdout } = await execute(process.execPath, [...args, '--executors', 'limited,queue'], {
    cwd: root,
  });
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /VERSIONS Too few forks to say: `countAtSpaces` is .*× `countWords` on `limited`, .* on `queue`; same results/,
  );
});

describe("my-pool.ts, a pool of one's own", async () => {
  for (const check of await executorChecks(new URL('../examples/my-pool.ts', import.meta.url)))
    it(check.name, () => check.run());

  it('is compared with the others by its path', async () => {
    const args = ['dist/src/cli/main.js', 'run', 'timer', '--param', 'waitMs=1', '--tasks', '20'];
    const among = [
      '--executors',
      'limited,./examples/my-pool.ts',
      '--forks',
      '1',
      '--rounds',
      '1',
      '--warmup',
      '10ms',
      '--quiet',
    ];
    await execute(process.execPath, [...args, ...among, '--out', folder], { cwd: root });
    const report = JSON.parse(await readFile(join(folder, 'latest.json'), 'utf8')) as Report;
    const [scenario] = report.scenarios;
    expect(
      scenario?.executors.map(({ variant: { id, capabilities } }) => [id, capabilities.workers]),
    ).toEqual([
      ['limited', false],
      ['my-pool', true],
    ]);
    for (const { outcomes } of scenario?.executors ?? []) {
      expect(outcomes.completed).toBe(outcomes.issued);
      expect(outcomes.completed).toBeGreaterThanOrEqual(40);
    }
    expect(reasonsOf(scenario).join()).not.toMatch(/differ|disagree/);
  });

  it('keeps the contract, as the command says', async () => {
    const args = ['dist/src/cli/main.js', 'contract', './examples/my-pool.ts'];
    const { stdout } = await execute(process.execPath, args, { cwd: root });
    expect(stdout).toMatch(/^ok {5}runs each of 0 tasks once/m);
    expect(stdout).toMatch(/\n\d+ of \d+ checks passed\n$/);
    expect(stdout).not.toContain('FAILED');
  });
});
