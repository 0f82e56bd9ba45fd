import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentedCommands, root } from '../documented/extract.js';
import { argumentsOf, Project } from '../documented/project.js';
import { ended } from '../support/ended.js';

/** Commands of the documents that go through a broker: all others are run by test/documented. */
const project = new Project();
const MAIN = join(root, 'dist', 'src', 'cli', 'main.js');
const SHORT = ['--forks', '1', '--rounds', '1', '--budget', '1s', '--tasks', '12', '--quiet'];

beforeAll(() => mkdirSync(join(project.folder, 'temporary')));
afterAll(() => project[Symbol.dispose]());

const commands = (await documentedCommands()).flatMap(({ source, command }) => {
  const args = argumentsOf(command);
  const isOurs = args?.some(word => word.split(',').includes('bullmq')) === true;
  return isOurs && args?.[0] === 'run' ? [{ source, command, args }] : [];
});

it('there are some', () => {
  expect(commands.length).toBeGreaterThan(2);
});

it.each(commands)('$source: $command', async ({ args }) => {
  const env = { ...process.env, TMPDIR: join(project.folder, 'temporary'), NO_COLOR: '1' };
  const child = spawn(process.execPath, [MAIN, ...args, ...SHORT], { cwd: project.folder, env });
  const { code, stdout, stderr } = await ended(child);
  expect(stderr).not.toMatch(/^error:/m);
  expect(code, stdout).toBe(0);
  expect(stdout).toMatch(/bullmq/);
});
