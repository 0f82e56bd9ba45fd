import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { executorNames } from '../../src/executors/registry.js';
import { createRandom } from '../../src/random.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { outside } from './outside.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function machine(script: Script) {
  const clock = new FakeClock();
  const cwd = mkdtempSync(join(tmpdir(), 'selfcheck-'));
  folders.push(cwd);
  return { ...outside({ clock, cwd, launcher: new ScriptedLauncher(clock, script) }), cwd };
}

const random = createRandom(4);

/** Trials that are the same within 0.2 %, but for what their task is told to compute longer. */
const steady: Script = ({ params }) => ({
  wallMs: 50 * (1 + Number(params.extraShare ?? 0)) * (1 + 0.002 * random.next()),
  serviceMs: Number(params.cpuMs ?? 5),
});

test('says what was tried and what it proves, keeps it in a file, and ends with 0', async () => {
  const { run, written, cwd } = machine(steady);
  expect(await run('selfcheck', '--executors', 'limited', '--seed', '7', '--json', 'check.json')).toBe(0);
  expect(written.stderr).toContain('quick: 8 experiments, at most 72 s (8 s each); --full: 82 experiments');
  expect(written.stderr).toMatch(/8\/8 limited against itself · about .* left/);
  const text = written.stdout.replace(/\s+/g, ' ');
  expect(text).toContain('0 of 3 called faster or slower. That proves a rate of at most 63 % (95 %)');
  expect(text).toContain('2 % found in 1 of 1, in the interval in 1 of 1');
  expect(text).toContain('As promised, as far as this many experiments can tell.');
  const saved = JSON.parse(readFileSync(join(cwd, 'check.json'), 'utf8'));
  expect(saved).toMatchObject({ level: 'quick', seed: 7, interrupted: false, check: { failures: [] } });
  expect(saved.experiments).toHaveLength(8);
  expect(saved.experiments[7].comparisons[0].forkLogRatios.length).toBeGreaterThanOrEqual(5);
});

test('as the README gives it every executor is checked, and all is as promised', async () => {
  const { run, written } = machine(steady);
  expect(await run('selfcheck')).toBe(0);
  expect(written.stderr).toMatch(/^quick: 41 experiments, at most 6\.\d min/);
  for (const name of executorNames.filter(one => one !== 'bullmq'))
    expect(written.stdout.replace(/\s+/g, ' ')).toMatch(new RegExp(`${name} \\d of 3`));
});

test('ends with 1 when something is not as promised', async () => {
  const { run, written } = machine(asked => ({ ...(steady(asked) as object), wallMs: 50, serviceMs: 20 }));
  expect(await run('selfcheck', '--executors', 'limited')).toBe(1);
  expect(written.stdout.replace(/\s+/g, ' ')).toContain(
    'NOT a task of 10 ms of computing is not within ±10 % of that',
  );
});

test('refuses two levels, and executors that there are not', async () => {
  const { run, written } = machine(steady);
  expect(await run('selfcheck', '--quick', '--full')).toBe(2);
  expect(written.stderr).toContain('selfcheck: expected one level, got --quick and --full.');
  expect(await run('selfcheck', '--executors', 'limitd')).toBe(2);
  expect(written.stderr).toContain('Did you mean limited?');
});
