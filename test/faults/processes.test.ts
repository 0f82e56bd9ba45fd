import { describe, expect, it } from 'vitest';
import { lostTrialText } from '../../src/report/words/losses.js';
import type { ExecutorResult, Report } from '../../src/schema/index.js';
import { killed } from '../support/report-fixture.js';
import { reasonsOf } from '../support/sentences.js';
import { Cli, HAS_PROC, isAlive, openFilesOf, PROBE, until } from './cli.js';

const ONCE = ['--forks', '1', '--rounds', '1', '--quiet'];

function executorsOf(report: Report | null): Record<string, ExecutorResult> {
  return Object.fromEntries(report!.scenarios[0]!.executors.map(executor => [executor.variant.id, executor]));
}

function lostReason(executor: ExecutorResult | undefined): string | undefined {
  const lost = executor?.trials.find(trial => trial.state === 'lost');
  return lost?.state === 'lost' ? lostTrialText(lost) : undefined;
}

describe('a worker thread that dies', () => {
  it.each([
    ['exits', /exited with code:? 0/],
    ['throwsOutside', /outside a task/],
    ['outOfMemory', /memory/],
  ])('%s: the trial is lost with the reason, the others finish, exit 1', async (does, reason) => {
    const args = [PROBE, ...ONCE, '--param', `does=${does}`, '--executors', 'limited,queue,piscina'];
    // A small heap is soon full.
    using cli = new Cli(args, { NODE_OPTIONS: '--max-old-space-size=64' });
    const { code, report, stdout } = await cli.finished;
    const { limited, queue, piscina } = executorsOf(report);
    expect(limited).toMatchObject({ lostTrials: 0, rounds: 1 });
    expect(lostReason(queue)).toMatch(reason);
    expect(lostReason(piscina)).toMatch(reason);
    expect(stdout).toMatch(/lost: `queue`/);
    expect(code).toBe(1);
  });
});

it('one byte altered in one result of the threads: exit 3, and the task is named', async () => {
  using cli = new Cli([PROBE, ...ONCE, '--param', 'does=altered', '--executors', 'sequential,limited,queue']);
  const { code, report, stdout } = await cli.finished;
  expect(report!.scenarios[0]!.validity).toBe('INVALID');
  expect(reasonsOf(report!.scenarios[0]!)[0]).toBe(
    "results differ: `queue` and `sequential` disagree on 1 of 10 tasks in fork 1, the first is task 3: { text: 'abd' } and { text: 'abc' }; if they may, say so by sameResult(a, b), digest(result) or results: 'may differ', exported beside the task or members of the workload",
  );
  expect(stdout).toContain('results differ');
  expect(code).toBe(3);
});

describe('a process that is killed', () => {
  const LONG = [
    'timer',
    '--param',
    'waitMs=50',
    '--tasks',
    '16',
    '--in-flight',
    '4',
    '--forks',
    '2',
    '--rounds',
    '1',
  ];

  it.skipIf(!HAS_PROC)('a host: its trial is lost, the others finish, exit 1', async () => {
    using cli = new Cli([...LONG, '--executors', 'sequential,limited', '--budget', '60s']);
    // The host of a task alone is the only one before the first fork: two are those of a fork, on their way or running.
    await until(() => cli.children('host').length === 2);
    process.kill(cli.children('host')[0]!, 'SIGKILL');
    const { code, report, stdout } = await cli.finished;
    const lost = Object.values(executorsOf(report)).filter(executor => executor.lostTrials > 0);
    expect(lost).toHaveLength(1);
    expect(lostReason(lost[0])).toContain('host killed by SIGKILL');
    expect(stdout).toContain('host killed by SIGKILL');
    expect(report!.scenarios[0]!.executors.every(executor => executor.rounds > 0)).toBe(true);
    expect(code).toBe(1);
  });

  it.skipIf(!HAS_PROC)('the origin: one trial is lost, others meet another one there, exit 1', async () => {
    const args = [
      'http',
      '--param',
      'waitMs=100',
      '--tasks',
      '10',
      '--in-flight',
      '2',
      '--forks',
      '1',
      '--rounds',
      '2',
    ];
    using cli = new Cli([...args, '--executors', 'sequential,limited']);
    await until(() => cli.children('host').length === 2 && cli.children('origin').length === 1);
    const [origin] = cli.children('origin');
    // More open files than when nobody had called it yet: a trial is running.
    const before = openFilesOf(origin!);
    await until(() => openFilesOf(origin!) > before);
    process.kill(origin!, 'SIGKILL');
    const { code, report } = await cli.finished;
    const trials = Object.values(executorsOf(report)).flatMap(executor => executor.trials);
    const lost = trials.filter(trial => trial.state === 'lost');
    expect(lost).toMatchObject([{ during: 'trial', loss: killed('origin') }]);
    expect(
      trials.filter(trial => trial.state === 'measured' && trial.outcomes.completed === 10),
    ).toHaveLength(trials.length - 1);
    expect(code).toBe(1);
  });
});

describe('Ctrl-C', () => {
  const ENDLESS = [
    'timer',
    '--param',
    'waitMs=20',
    '--tasks',
    '8',
    '--executors',
    'sequential,limited,queue',
  ];
  const FORKS = [...ENDLESS, '--forks', '500', '--rounds', '1'];

  it.skipIf(!HAS_PROC)('writes and shows the finished part, leaves no process, exit 130', async () => {
    using cli = new Cli(FORKS);
    await cli.said(/fork 2 ·/);
    const children = [...cli.children('host'), ...cli.children('reaper')];
    cli.process.kill('SIGINT');
    const { code, report, stdout } = await cli.finished;
    expect(code).toBe(130);
    expect(report!.interrupted).toBe(true);
    expect(report!.scenarios[0]).toMatchObject({ stoppedBy: 'interrupted' });
    expect(report!.scenarios[0]!.executors[0]!.forks).toBeGreaterThanOrEqual(2);
    expect(stdout).toMatch(/[Ii]nterrupted/);
    await until(() => !children.some(isAlive));
  });

  it('SIGTERM does the same, exit 143', async () => {
    using cli = new Cli(FORKS);
    await cli.said(/fork 1 ·/);
    cli.process.kill('SIGTERM');
    const { code, report, stdout } = await cli.finished;
    expect(code).toBe(143);
    expect(report!.interrupted).toBe(true);
    expect(stdout).toMatch(/[Ii]nterrupted/);
  });

  it('a second one exits at once, also 130', async () => {
    using cli = new Cli(FORKS);
    await cli.said(/fork 1 ·/);
    cli.process.kill('SIGINT');
    cli.process.kill('SIGINT');
    expect((await cli.finished).code).toBe(130);
  });

  it.skipIf(!HAS_PROC)('a CLI that is killed leaves its finished part, and no process', async () => {
    using cli = new Cli(FORKS);
    await cli.said(/fork 2 ·/);
    await until(() => cli.children('host').length > 0);
    const children = ['host', 'reaper'].flatMap(name => cli.children(name));
    cli.process.kill('SIGKILL');
    const { report } = await cli.finished;
    expect(report!.scenarios[0]!.executors[0]!.forks).toBeGreaterThanOrEqual(1);
    await until(() => !children.some(isAlive));
  });

  it.skipIf(!HAS_PROC)('a host whose loop is busy does not outlive a killed CLI', async () => {
    using cli = new Cli([
      'cpu',
      '--param',
      'cpuMs=10000',
      '--tasks',
      '50',
      '--executors',
      'promise-all',
      '--forks',
      '1',
    ]);
    await until(() => cli.children('host').length > 0);
    const children = ['host', 'reaper'].flatMap(name => cli.children(name));
    cli.process.kill('SIGKILL');
    await until(() => !children.some(isAlive));
    expect(children.some(isAlive)).toBe(false);
  });
});
