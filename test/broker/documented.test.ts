import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedCommands, root } from '../documented/extract.js';
import { argumentsOf, Project } from '../documented/project.js';
import { ended } from '../support/ended.js';
import { startForeignBroker } from './processes.js';

/** Commands of the documents that go through a broker: all others are run by test/documented. */
const project = new Project();
const MAIN = join(root, 'dist', 'src', 'cli', 'main.js');
const SHORT = ['--forks', '1', '--rounds', '1', '--budget', '1s', '--tasks', '12', '--quiet'];

beforeAll(() => mkdirSync(join(project.folder, 'temporary')));
afterAll(() => project[Symbol.dispose]());

const all = (await documentedCommands()).flatMap(({ source, command }) => {
  const args = argumentsOf(command);
  return args === null ? [] : [{ source, command, args }];
});
const waitsForWorkers = (args: readonly string[]) => args.includes('--workers');
const commands = all.filter(
  ({ args }) =>
    args[0] === 'run' && args.some(word => word.split(',').includes('bullmq')) && !waitsForWorkers(args),
);

/** In the folder of the documents. */
function start(args: readonly string[]): ChildProcess {
  const env = { ...process.env, TMPDIR: join(project.folder, 'temporary'), NO_COLOR: '1', CI: 'true' };
  return spawn(process.execPath, [MAIN, ...args], { cwd: project.folder, env });
}

it('there are some', () => {
  expect(commands.length).toBeGreaterThan(2);
});

it.each(commands)('$source: $command', async ({ args }) => {
  const { code, stdout, stderr } = await ended(start([...args, ...SHORT]));
  expect(stderr).not.toMatch(/^error:/m);
  expect(code, stdout).toBe(0);
  expect(stdout).toMatch(/bullmq/);
});

describe('workers on other machines', () => {
  const given = (args: readonly string[], flag: string) => args[args.indexOf(flag) + 1]!;
  const at = (args: readonly string[], url: string) =>
    args.map((word, place) => (args[place - 1] === '--broker' ? url : word));
  const runs = all.filter(({ args }) => args[0] === 'run' && waitsForWorkers(args));
  const workers = all.filter(({ args }) => args[0] === 'worker');

  it('there are some, and a worker for each', () => {
    expect(runs.length).toBeGreaterThan(0);
    for (const { args } of runs) expect(workers.some(one => one.args[1] === args[1])).toBe(true);
  });

  it.each(runs)('$source: $command', async ({ source, args }) => {
    await using broker = await startForeignBroker();
    const url = `redis://127.0.0.1:${broker.port}`;
    const worker = workers.find(one => one.source === source && one.args[1] === args[1])!;
    const started = Array.from({ length: Number(given(args, '--workers')) }, () =>
      start(at(worker.args, url)),
    );
    try {
      const { code, stdout, stderr } = await ended(start([...at(args, url), ...SHORT]));
      expect(stderr).not.toMatch(/^error:/m);
      expect(code, stdout).toBe(0);
      expect(stdout).toMatch(/bullmq/);
    } finally {
      for (const child of started) child.kill('SIGKILL');
    }
  });

  it.each(workers)('$source: $command', async ({ args }) => {
    await using broker = await startForeignBroker();
    const { code, stdout, stderr } = await ended(
      start([...at(args, `redis://127.0.0.1:${broker.port}`), '--idle-timeout', '1s']),
    );
    expect(stderr).not.toMatch(/^error:/m);
    expect(code, stdout).toBe(0);
  });
});
