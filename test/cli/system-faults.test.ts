import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../src/schema/index.js';
import { makeLostTrial } from '../support/report-fixture.js';
import { ends, type MeasurePlan } from './ends.js';
import { outside } from './outside.js';
import { executorResult, reportOf, scenarioResult } from './report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));
/** Paths that the disk has no room for. */
const full = vi.hoisted(() => ({ path: /^$/ }));
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>();
  const writeFile: typeof fs.writeFileSync = (file, data, options) => {
    if (!full.path.test(String(file))) return fs.writeFileSync(file, data, options);
    // As a full disk does: a part of it is written.
    fs.writeFileSync(file, String(data).slice(0, 10));
    const error = new Error('ENOSPC: no space left on device, write');
    throw Object.assign(error, { code: 'ENOSPC', syscall: 'write', errno: -28 });
  };
  return { ...fs, writeFileSync: writeFile };
});

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
let cwd: string;
let temporary: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-faults-'));
  temporary = join(cwd, 'temporary');
  mkdirSync(temporary);
  vi.stubEnv('TMPDIR', temporary);
  measurePlan.mockReset();
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  full.path = /^$/;
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cwd, { recursive: true, force: true });
});

/** The results that a message says are kept. */
function keptIn(stderr: string): Report {
  const [, file = ''] = /The results are in (\S+\.json)\. /.exec(stderr) ?? [];
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

test('a disk that is full at the end: said, shown, kept in the temporary folder, nothing half written', async () => {
  measurePlan.mockImplementation(
    ends(async plan => {
      full.path = /results\//;
      return reportOf(plan);
    }),
  );
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(1);
  expect(written.stdout).toContain('WAITING');
  expect(written.stderr).toMatch(/error: ENOSPC, no space left on the device: .* could not be written\./);
  expect(written.stderr).not.toContain('bug');
  expect(keptIn(written.stderr).scenarios).toHaveLength(1);
  expect(written.stderr).toContain(temporary);
  expect(readdirSync(join(cwd, 'results'))).toEqual([]);
});

test('results of the last run survive a full disk', async () => {
  const { run } = outside({ cwd });
  await run('run', 'waiting');
  const before = readFileSync(join(cwd, 'results', 'latest.json'), 'utf8');
  full.path = /latest/;
  const { run: again, written } = outside({ cwd });
  expect(await again('run', 'cpu')).toBe(1);
  expect(readFileSync(join(cwd, 'results', 'latest.json'), 'utf8')).toBe(before);
  // The dated copy was written: no other is made.
  expect(keptIn(written.stderr).plan.scenarios[0]!.name).toBe('cpu');
  expect(readdirSync(temporary)).toEqual([]);
});

test('no place anywhere is said too', async () => {
  measurePlan.mockImplementation(
    ends(async plan => {
      full.path = /./;
      return reportOf(plan);
    }),
  );
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(1);
  expect(written.stdout).toContain('WAITING');
  expect(written.stderr).toContain('The results are not saved anywhere.');
});

test('a disk that is full from the start is refused before anything is measured', async () => {
  full.path = /results\//;
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(2);
  expect(written.stderr).toMatch(/^error: --out: .*\(ENOSPC\): no space left on the device\. .*\n$/);
  expect(measurePlan).not.toHaveBeenCalled();
});

test('a folder that vanishes meanwhile', async () => {
  measurePlan.mockImplementation(
    ends(async plan => {
      rmSync(join(cwd, 'results'), { recursive: true });
      return reportOf(plan);
    }),
  );
  const { run, written } = outside({ cwd });
  expect(await run('run', 'waiting')).toBe(1);
  expect(written.stdout).toContain('WAITING');
  expect(written.stderr).toMatch(/error: ENOENT, the file or its folder is not there: /);
  expect(written.stderr).not.toContain('bug');
  expect(keptIn(written.stderr).scenarios).toHaveLength(1);
});

test.each(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM'])(
  '%s in the middle: said, and what was measured is shown',
  async code => {
    measurePlan.mockImplementation(async function* (plan) {
      yield { type: 'partial', report: reportOf(plan, { interrupted: true }) };
      throw Object.assign(new Error(`spawn node ${code}`), { code, syscall: 'spawn node' });
    });
    const { run, written } = outside({ cwd });
    expect(await run('run', 'waiting')).toBe(1);
    expect(written.stdout).toContain('WAITING');
    expect(written.stderr).toMatch(new RegExp(`^error: ${code}, .*\\.\\n$`, 'm'));
    expect(written.stderr).not.toContain('bug');
  },
);

test('a run that was interrupted before a fork was finished leaves latest.json, and keeps its part', async () => {
  const { run } = outside({ cwd });
  await run('run', 'waiting');
  const before = readFileSync(join(cwd, 'results', 'latest.json'), 'utf8');
  const lost = makeLostTrial('gone', { round: 0, cold: true });
  measurePlan.mockImplementation(
    ends(async plan => {
      const executors = [executorResult('limited', { trials: [lost] })];
      const scenarios = [scenarioResult(plan.scenarios[0]!, { stoppedBy: 'interrupted', executors })];
      return reportOf(plan, { interrupted: true, scenarios });
    }),
  );
  const { run: again, written } = outside({ cwd });
  expect(await again('run', 'cpu')).toBe(130);
  expect(readFileSync(join(cwd, 'results', 'latest.json'), 'utf8')).toBe(before);
  expect(written.stderr).toContain('before the first fork was finished: latest.json is left as it was.');
  expect(readdirSync(join(cwd, 'results')).some(name => name.includes('cpu'))).toBe(true);
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function shell(command: string): Promise<Ended> {
  const env = { ...process.env, TMPDIR: temporary };
  return new Promise(resolve => {
    execFile('/bin/sh', ['-c', command], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const SHORT = `run noop --executors limited --tasks 10 --forks 1 --rounds 1 --warmup none --quiet`;

test('--json /dev/full', async () => {
  const { code, stdout, stderr } = await shell(`"${process.execPath}" "${MAIN}" ${SHORT} --json /dev/full`);
  expect([code, stdout.includes('NOOP')]).toEqual([1, true]);
  expect(stderr).toMatch(/^error: ENOSPC, no space left on the device: \/dev\/full could not be written\. /);
  expect(keptIn(stderr).scenarios).toHaveLength(1);
});

test('a report that goes to a full disk', async () => {
  const { code, stderr } = await shell(`"${process.execPath}" "${MAIN}" ${SHORT} >/dev/full`);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: standard output: ENOSPC\b.*\n$/)]);
});

// How many files Node itself needs differs: 20 reads modules side by side and fails at 60, 24 runs whole from 30 on.
test.each([22, 26, 30, 60])(
  'no more than %i open files: whole, or it says what there was too little of',
  async limit => {
    const { code, stdout, stderr } = await shell(
      `ulimit -n ${limit}; exec "${process.execPath}" "${MAIN}" ${SHORT}`,
    );
    if (code === 0)
      expect([limit, stdout]).toEqual([
        expect.toSatisfy(is => is >= 30),
        expect.stringMatching(/limited +[\d,.]+/),
      ]);
    else if (stdout === '')
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: EMFILE\b.*\n$/)]);
    else expect([code, stdout]).toEqual([1, expect.stringMatching(/lost: `limited`.*\bEMFILE,/s)]);
  },
);

test('a selfcheck that could not write its figures is refused before it begins', async () => {
  writeFileSync(join(cwd, 'file'), '');
  const { run, written } = outside({ cwd });
  expect(await run('selfcheck', '--json', 'file/x.json')).toBe(2);
  expect(written.stderr).toContain('(ENOTDIR)');
});
