import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { builtIns } from '../../src/plan/catalogue.js';
import { parseReport } from '../../src/report/json.js';
import { FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';
import { outside } from './outside.js';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-tune-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const world = () => outside({ cwd, clock: systemClock, catalogue: builtIns });

describe('what is refused', () => {
  it.each([
    [
      ['--threads', '0..4'],
      '--threads: expected whole numbers from 1 to 1000, such as 1..32 or 2,4,8, got 0..4',
    ],
    [['--threads', '8..2'], 'got 8..2'],
    [['--in-flight', 'many'], '--in-flight: expected whole numbers from 1 to 100000'],
    [['--within', '60%'], '--within: expected a share above 0, at most 50 %, got 60%'],
    [['--budget', 'soon'], '--budget: expected a duration from 1s to 24 h, got soon'],
    [['--max-memory', 'lots'], '--max-memory: expected a limit such as 200MB, got lots'],
    [['--max-cores', '0'], '--max-cores: expected a limit such as 1.5, got 0'],
    [['--keep-loop', 'p99<5ms'], '--keep-loop: expected a limit such as "late<5ms", got p99<5ms'],
    [['--slo', 'p99<50ms'], '--slo: expected an objective at a rate, got one without. Add --load rate=N/s.'],
    [['--resume'], '--resume: expected the file of an interrupted tune in results/latest.json, got none'],
    [['--write', 'pool.ts'], '--write: expected the name of an ES module, such as pool.mjs, got pool.ts'],
    [['--write', 'no/pool.mjs'], '--write: expected a file in a folder that is there'],
    [['--executors', 'limited,nobody'], 'got "nobody"'],
    [['--executor', 'limited', '--executor', 'nobody'], 'got "nobody"'],
  ])('%j', async (flags, message) => {
    const { run, written } = world();
    expect(await run('tune', 'noop', ...flags)).toBe(2);
    expect(written.stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('several scenarios: one is tuned', async () => {
    const { run, written } = world();
    expect(await run('tune', 'default')).toBe(2);
    expect(written.stderr).toMatch(
      /^error: default: expected one scenario, workload or function, got 5 scenarios\. Name one/,
    );
    expect(await run('tune', 'timer', '--param', 'waitMs=1,2')).toBe(2);
  });

  it('a file of somebody’s own is not written over', async () => {
    writeFileSync(join(cwd, 'pool.mjs'), 'export const mine = 1;\n');
    const { run, written } = world();
    expect(await run('tune', 'noop', '--write', 'pool.mjs')).toBe(2);
    expect(written.stderr).toContain('which is neither');
    expect(readFileSync(join(cwd, 'pool.mjs'), 'utf8')).toBe('export const mine = 1;\n');
  });

  it('a results file of a run is none to go on with', async () => {
    writeFileSync(join(cwd, 'other.json'), '{}');
    const { run } = world();
    expect(await run('tune', 'noop', '--resume', 'other.json')).toBe(2);
  });
});

describe('a tune that is interrupted', () => {
  /** Each trial by duration does 100/s on a loop, 200/s in two threads. */
  const scripted = (onTrial: (trial: number) => void) => {
    let trials = 0;
    const clock = new FakeClock();
    const launcher = new ScriptedLauncher(clock, ({ load, threads }) => {
      if (load.kind !== 'duration') return { wallMs: 10 * load.tasks, serviceMs: 10, cpuMs: 10 * load.tasks };
      onTrial(++trials);
      return {
        wallMs: load.durationMs * (10 / Math.min(2, threads)),
        serviceMs: 10,
        cpuMs: 10 * load.durationMs,
      };
    });
    return { clock, launcher, trialsDone: () => trials };
  };
  const ASKED = [
    'tune',
    'cpu',
    '--threads',
    '1,2',
    '--in-flight',
    '1,2',
    '--warmup',
    '100ms',
    '--budget',
    '60m',
  ];

  it('says how to go on with it, in a whole command that does', async () => {
    const whole = scripted(() => {});
    const first = outside({ cwd, ...whole, catalogue: builtIns });
    expect(await first.run(...ASKED)).toBe(0);
    const stopping = scripted(trial => {
      // In the middle of the confirmation.
      if (trial === whole.trialsDone() - 10) stopped.signals.emit('SIGINT');
    });
    const stopped = outside({ cwd, ...stopping, catalogue: builtIns });
    expect(await stopped.run(...ASKED)).toBe(130);
    const [, command] = /^Go on with it: threads-vs-loop (tune .*)$/m.exec(stopped.written.stderr) ?? [];
    expect(command).toMatch(/^tune cpu .*--budget 60m --resume results\/2026-01-01T\S+-cpu\S*\.json$/);
    const going = scripted(() => {});
    const resumed = outside({ cwd, ...going, catalogue: builtIns });
    expect(await resumed.run(...command!.split(' '))).toBe(0);
    expect(resumed.written.stderr).toMatch(/Going on from results\/2026-01-01T\S+: \d+ forks are kept/);
    expect(resumed.written.stderr).not.toMatch(/knee|screen|race/);
    expect(going.trialsDone()).toBeLessThan(whole.trialsDone() / 2);
    expect(resumed.written.stdout.replaceAll(/\s+/g, ' ')).toContain('confirmed in 6 fresh processes');
  });
});

it('does not answer for a loop alone where the only pool that is named is none that it may search', async () => {
  const { run, written } = world();
  expect(await run('tune', 'cpu', '--executors', 'limited,queue')).toBe(2);
  expect(written.stderr).toBe(
    'error: --executors: expected a pool of a library, got queue, which is none. --write pool.mjs searches it, and writes a module for it.\n',
  );
});

describe('a tune from beginning to end', () => {
  const SMALL = [
    '--executors',
    'limited,queue',
    '--write',
    'pool.mjs',
    '--threads',
    '1..2',
    '--in-flight',
    '1..4',
    '--budget',
    '4s',
  ];

  it('of a function of somebody’s own: an answer, code for it, a file that it is rendered from and resumed with', async () => {
    writeFileSync(
      join(cwd, 'pause.mjs'),
      'export const task = () => new Promise(done => setTimeout(done, 4));\n',
    );
    const { run, written } = world();
    expect(await run('tune', './pause.mjs', ...SMALL)).toBe(0);
    expect(written.stdout).toContain('Use the event loop, 8 tasks in flight');
    expect(written.stdout).toContain("import { task } from './pause.mjs';");
    expect(written.stderr).toMatch(/confirm: \d points, 6 forks/);
    expect(written.stderr).toMatch(/confirm: 5 of 6 forks done/);
    expect(readFileSync(join(cwd, 'pool.mjs'), 'utf8')).toContain(
      'export async function createPool(options)',
    );
    const report = parseReport(readFileSync(join(cwd, 'results/latest.json'), 'utf8'), 'latest.json');
    expect(report.tune?.answer?.choice).toBe('limited in-flight=8');
    const again = world();
    expect(await again.run('report', 'results/latest.json')).toBe(0);
    expect(again.written.stdout).toBe(written.stdout);
    const resumed = world();
    expect(await resumed.run('tune', './pause.mjs', '--resume', ...SMALL)).toBe(0);
    expect(resumed.written.stderr).not.toContain('screen');
  }, 60_000);
});
