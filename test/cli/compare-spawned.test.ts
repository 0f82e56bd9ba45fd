import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { ratiosScenario, runOf } from '../support/runs-fixture.js';

/** The built program: what a shell and a CI job see. */
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-compare-spawned-'));
  const write = (name: string, ratio: number, cpuModel = 'Example CPU') =>
    writeFileSync(
      join(cwd, name),
      renderJson(runOf([ratiosScenario({ queue: ratio })], { environment: { cpuModel } })),
    );
  write('base.json', 2);
  write('same.json', 2.01);
  write('slower.json', 1.7);
  write('open.json', 1.9);
  write('elsewhere.json', 2, 'Another CPU');
});
afterAll(() => rmSync(cwd, { recursive: true }));

test.each([
  [0, ['compare', 'base.json', 'same.json', '--fail-on', 'slower>5%']],
  [1, ['compare', 'base.json', 'slower.json', '--fail-on', 'slower>5%']],
  [2, ['compare', 'base.json', 'elsewhere.json', '--fail-on', 'slower>5%']],
  [4, ['compare', 'base.json', 'open.json', '--fail-on', 'slower>5%']],
  [1, ['compare', 'base.json', 'open.json', 'slower.json', '--fail-on', 'slower>5%']],
  [0, ['compare', 'base.json', 'slower.json']],
  [0, ['report', 'base.json', '--assert', 'queue/limited ratio>1.5']],
  [1, ['report', 'base.json', '--assert', 'queue/limited ratio>2.5']],
  [4, ['report', 'base.json', '--assert', 'queue/limited ratio>=2']],
])('exits %i: %j', (code, args) => {
  const ended = spawnSync(process.execPath, [main, ...args], { cwd, encoding: 'utf8' });
  expect([ended.status, code === 2 ? '' : ended.stderr], ended.stdout).toEqual([code, '']);
  expect(ended.stdout === '').toBe(code === 2);
});
