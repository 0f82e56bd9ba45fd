import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renderJson } from '../../src/report/json.js';
import { recorded } from '../report/exports/recorded.js';
import { makeReport } from '../support/report-fixture.js';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { reportOf } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

/** Trials that were lost would have an exit code of their own. */
const scenarios = recorded.scenarios.map(result => ({
  ...result,
  executors: result.executors.map(executor => ({ ...executor, lostTrials: 0 })),
}));
let cwd: string;
const at = (...names: string[]) => join(cwd, ...names);
const latest = () => readdirSync(at('results')).filter(name => name.startsWith('latest'));

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-reporters-'));
  measurePlan.mockReset();
  measurePlan.mockImplementation(ends(async plan => reportOf(plan, { scenarios })));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Standard output that keeps bytes. */
function bytesOutside(more: { readonly isTTY?: boolean } = {}) {
  const parts: Uint8Array[] = [];
  const stdout = { ...more, write: (contents: string | Uint8Array) => parts.push(Buffer.from(contents)) };
  return { ...outside({ cwd, stdout }), bytes: () => Buffer.concat(parts) };
}

describe('run', () => {
  test('keeps every form beside the results, text and bytes', async () => {
    const { run, written } = outside({ cwd });
    const names = 'terminal,csv,ndjson,hgrm,trace,junit,openmetrics,markdown';
    expect(await run('run', 'waiting', '--reporter', names)).toBe(0);
    expect(latest().sort()).toEqual(
      ['csv', 'hgrm', 'html', 'json', 'junit.xml', 'md', 'ndjson', 'prom', 'trace.json.gz'].map(
        end => `latest.${end}`,
      ),
    );
    const trace: unknown = JSON.parse(
      gunzipSync(readFileSync(at('results', 'latest.trace.json.gz'))).toString(),
    );
    expect(trace).toMatchObject({ displayTimeUnit: 'ms' });
    expect(written.stderr).toContain('Saved as results/latest.trace.json.gz\n');
  });

  test('that recorded no tasks says so, and loses nothing', async () => {
    measurePlan.mockImplementation(ends(async plan => reportOf(plan, { scenarios: makeReport().scenarios })));
    const { run, written } = outside({ cwd });
    expect(await run('run', 'waiting', '--reporter', 'terminal,trace,ndjson,csv')).toBe(0);
    expect(latest().sort()).toEqual(['latest.csv', 'latest.html', 'latest.json']);
    expect(written.stderr).toMatch(/^Not kept: trace: expected .* --timeline/m);
    expect(written.stderr).toMatch(/^Not kept: ndjson: expected .* --timeline/m);
    expect(written.stdout).toMatch(/^threads-vs-loop /);
  });

  test('that is to show tasks and recorded none keeps its results and its exit code', async () => {
    measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
    const { run, written } = outside({ cwd });
    expect(await run('run', 'waiting', '--reporter', 'ndjson')).toBe(0);
    expect(written.stdout).toBe('');
    expect(written.stderr).toMatch(/Saved as results\/2026.*\n.*\nNot shown: ndjson: expected .* --timeline/);
    expect(latest().sort()).toEqual(['latest.html', 'latest.json']);
  });

  test('writes no bytes to a terminal: that is refused before anything is measured', async () => {
    const { run, written } = bytesOutside({ isTTY: true });
    expect(await run('run', 'waiting', '--reporter', 'trace')).toBe(2);
    expect(written.stderr).toMatch(
      /--reporter trace: expected a file or a pipe .*got a terminal\. .*terminal,trace/,
    );
    expect(measurePlan).not.toHaveBeenCalled();
  });
});

describe('report', () => {
  const format = (name: string) => ['report', 'results.json', '--format', name];

  test('writes bytes to a pipe as they are, and none to a terminal', async () => {
    writeFileSync(at('results.json'), renderJson(recorded));
    const piped = bytesOutside();
    expect(await piped.run(...format('trace'))).toBe(0);
    expect(gunzipSync(piped.bytes()).toString()).toMatch(/^\{"traceEvents":\[/);
    const shown = bytesOutside({ isTTY: true });
    expect(await shown.run(...format('trace'))).toBe(2);
    expect(shown.written.stderr).toMatch(/--format trace: expected .* > FILE/);
    expect(shown.bytes()).toHaveLength(0);
  });

  test.each(['ndjson', 'trace'])(
    'as %s of a run without recorded tasks is a mistake that it explains',
    async name => {
      writeFileSync(at('results.json'), renderJson(makeReport()));
      const { run, written } = outside({ cwd });
      expect(await run(...format(name))).toBe(2);
      expect(written.stdout).toBe('');
      expect(written.stderr).toMatch(new RegExp(`^error: ${name}: expected .* --timeline`));
    },
  );
});

describe('the summary of a step', () => {
  const summary = () => readFileSync(at('summary.md'), 'utf8');
  const inStep = () => outside({ cwd, env: { GITHUB_STEP_SUMMARY: at('summary.md') } });

  test('gets the report that is asked for as markdown, behind what is there', async () => {
    writeFileSync(at('summary.md'), '# Build\n');
    expect(await inStep().run('run', 'waiting', '--reporter', 'terminal,markdown')).toBe(0);
    expect(summary()).toBe(`# Build\n${readFileSync(at('results', 'latest.md'), 'utf8')}`);
    const { run, written } = inStep();
    expect(await run('report', 'results/latest.json', '--format', 'markdown')).toBe(0);
    expect(summary().endsWith(written.stdout)).toBe(true);
    expect(summary().match(/\*\*threads-vs-loop\*\*/g)).toHaveLength(2);
  });

  test('gets nothing that was not asked for', async () => {
    expect(await inStep().run('run', 'waiting', '--reporter', 'terminal,csv')).toBe(0);
    expect(existsSync(at('summary.md'))).toBe(false);
  });

  test('that cannot be written is told, and costs nothing', async () => {
    const { run, written } = outside({ cwd, env: { GITHUB_STEP_SUMMARY: at('missing', 'summary.md') } });
    expect(await run('run', 'waiting', '--reporter', 'markdown')).toBe(0);
    expect(written.stdout).toMatch(/^\*\*threads-vs-loop\*\*/);
    expect(written.stderr).toMatch(/markdown report could not be appended to GITHUB_STEP_SUMMARY: ENOENT/);
  });
});
