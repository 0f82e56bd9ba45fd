import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { outside } from './outside.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tvl-contract-'));
  await writeFile(
    join(folder, 'never.mjs'),
    `export default {
      name: 'never', summary: 'starts nothing', capabilities: { workers: false, sharesMemory: true, sharesClock: true, sharesModules: true }, options: {},
      start: async () => { throw new Error('no luck'); },
    };`,
  );
  await writeFile(
    join(folder, 'hangs.mjs'),
    `export default {
      name: 'hangs', summary: 'never starts', capabilities: { workers: false, sharesMemory: true, sharesClock: true, sharesModules: true }, options: {},
      start: async () => { globalThis.hangs = true; await new Promise(() => {}); },
    };`,
  );
  await writeFile(join(folder, 'empty.mjs'), '');
});

afterAll(() => rm(folder, { recursive: true }));

test('an executor that does not keep it: each check with its reason, and exit code 1', async () => {
  const { run, written } = outside({ cwd: folder });
  expect(await run('contract', './never.mjs')).toBe(1);
  const lines = written.stdout.trimEnd().split('\n');
  const checks = (lines.length - 1) / 2;
  expect(lines[0]).toBe('FAILED runs each of 0 tasks once and delivers each result to its place');
  expect(lines.filter(line => line === '       no luck')).toHaveLength(checks);
  expect(lines.at(-1)).toBe(`0 of ${checks} checks passed`);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s shows what was checked and exits %i, whatever a check waits for', async (signal, code) => {
  const { run, written, signals } = outside({ cwd: folder });
  Reflect.deleteProperty(globalThis, 'hangs');
  const ended = run('contract', './hangs.mjs');
  await vi.waitFor(() => expect(globalThis).toHaveProperty('hangs', true));
  signals.emit(signal);
  expect(await ended).toBe(code);
  expect(written.stderr).toBe('Interrupted.\n');
  expect(written.stdout).toMatch(/^0 of \d+ checks passed\n$/);
});

test.each([
  ['./none.mjs', 'expected a file, got none at this path'],
  ['./empty.mjs', 'empty.mjs: expected an executor as default export, got none'],
  ['limitd', 'Did you mean limited?'],
])('contract %s: exit code 2', async (executor, message) => {
  const { run, written } = outside({ cwd: folder });
  expect(await run('contract', executor)).toBe(2);
  expect(written.stderr).toContain(message);
});
