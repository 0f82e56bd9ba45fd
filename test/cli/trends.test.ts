import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { lossRuns } from '../report/sample-trends.js';
import { outside } from './outside.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-trends-'));
  mkdirSync(join(cwd, 'results', 'baselines'), { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(cwd, 'results', name), text);

/** Half of them as they are saved, and one that was kept; the last is `latest.json` as well. */
function writeRuns(): void {
  const texts = lossRuns.map(report => renderJson(report));
  for (const [at, text] of texts.entries())
    write(at === 0 ? 'baselines/main.json' : `2026-01-${10 + at}-computing.json`, text);
  write('latest.json', texts.at(-1)!);
  write('latest.html', '<!doctype html>');
}

async function cli(...args: string[]) {
  const { run, written } = outside({ cwd });
  return { code: await run(...args), ...written };
}

test('says since when which ratio is another one', async () => {
  writeRuns();
  const { code, stdout, stderr } = await cli('report', 'results');
  expect([code, stderr]).toEqual([0, '']);
  const words = stdout.replaceAll(/\s+/g, ' ');
  expect(words).toMatch(/^Trends of results · 14 runs · 2026-01-05 to 2026-01-18 /);
  expect(words).toMatch(/COMPUTING Since 2026-01-14 \(0909090909\) `queue\/limited` 1\.8× → 1\.5× \(0\.83/);
  expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
});

test.each([
  ['markdown', /^## Trends of results\n/, '`queue/limited`'],
  ['html', /^<!doctype html>\n/, '<code>queue/limited</code>'],
])('as %s', async (format, start, pair) => {
  writeRuns();
  const { code, stdout, stderr } = await cli('report', 'results', '--format', format);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(start);
  expect(stdout.replaceAll('\\', '')).toContain(`${pair} 1.8× → 1.5×`);
});

test('of files that are named, and of several folders', async () => {
  writeRuns();
  const named = ['results/baselines/main.json', 'results/2026-01-12-computing.json'];
  const { code, stdout, stderr } = await cli('report', ...named);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/^Trends of results\/baselines\/main\.json, .* · 2 runs · /);
  const folders = await cli('report', 'results', 'results/baselines');
  expect(folders.stdout.replaceAll(/\s+/g, ' ')).toContain('· 14 runs');
  const missing = await cli('report', ...named, 'results/none.json');
  expect([missing.code, missing.stdout]).toEqual([2, '']);
  expect(missing.stderr).toContain('results/none.json: expected a results file, got no such file');
});

test('what is no results file is left out and named', async () => {
  writeRuns();
  write('empty.json', '');
  write('list.json', '[]');
  write('package.json', '{}');
  write('older.json', '{"schemaVersion":1}');
  write('undated.json', renderJson({ ...lossRuns[0]!, startedAt: 'yesterday' }));
  const { code, stdout, stderr } = await cli('report', 'results');
  expect(code).toBe(0);
  expect(stderr).toBe(
    'Ignored: empty.json (an empty file), list.json (JSON that is a list), older.json (schemaVersion 1), package.json (JSON without a schemaVersion) and undated.json ("yesterday")\n',
  );
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('ignored: empty.json (an empty file)');
  expect(stdout).toContain('14 runs');
});

describe('refuses', () => {
  it('a folder with nothing readable', async () => {
    const empty = await cli('report', 'results');
    expect([empty.code, empty.stdout]).toEqual([2, '']);
    expect(empty.stderr).toContain(
      'results: expected a folder with results files, got a folder without any .json.',
    );
    write('package.json', '{}');
    const other = await cli('report', 'results', '--format', 'html');
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain('got package.json (JSON without a schemaVersion).');
  });

  it.each(['json', 'csv', 'junit', 'trace', 'nothing'])('--format %s, which has none of it', async format => {
    writeRuns();
    const { code, stdout, stderr } = await cli('report', 'results', '--format', format);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      '--format: expected one of terminal, markdown, html for a folder or several files',
    );
  });

  it('gates, which are about one run', async () => {
    writeRuns();
    const { code, stderr } = await cli('report', 'results', '--assert', 'queue/limited ratio>1');
    expect(code).toBe(2);
    expect(stderr).toContain('--assert: expected one results file, got results.');
  });
});
