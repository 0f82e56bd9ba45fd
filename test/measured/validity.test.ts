import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Finding, FindingOf } from '../../src/schema/index.js';
import { Cli, HAS_PROC } from '../faults/cli.js';
import { notesOf, reasonsOf } from '../support/sentences.js';

/** Reasons and notes that are provoked for real; what they say in every detail is tested with recorded counters. */

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}.mjs`, import.meta.url));

const CORES = availableParallelism();

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  using cli = new Cli([...args, '--quiet'], env);
  const { report, code, stdout, stderr } = await cli.finished;
  if (report === null) throw new Error(stderr);
  const [scenario] = report.scenarios;
  return { scenario: scenario!, code, stdout, reasons: reasonsOf(scenario!) };
}

function expectSaturated(finding: Finding): void {
  expect(finding).toMatchObject({ code: 'origin-saturated', severity: 'invalid', values: { by: 'loop' } });
  expect((finding as FindingOf<'origin-saturated'>).values.busyShare).toBeGreaterThan(0.9);
}

function stopFor(pid: number, ms: number): void {
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  };
  signal('SIGSTOP');
  setTimeout(() => signal('SIGCONT'), ms);
}

it('an origin whose loop is the limit: INVALID', async () => {
  const { scenario, code } = await run([fixture('flood'), '--forks', '1', '--rounds', '3']);
  expect(scenario.validity).toBe('INVALID');
  expectSaturated(scenario.findings[0]!);
  expect(code).toBe(3);
});

it('an origin whose loop is the limit in trials of a tenth of a second: INVALID', async () => {
  const args = [fixture('flood'), '--tasks', '24', '--forks', '1', '--rounds', '5'];
  const { scenario, code } = await run(args);
  expect(Math.max(...scenario.executors.map(({ wallMs }) => wallMs.median!))).toBeLessThan(300);
  expectSaturated(scenario.findings[0]!);
  expect(code).toBe(3);
});

it('requests that nobody accounts for: INVALID, and the trials do not count', async () => {
  const { reasons, code } = await run([
    fixture('miscounted'),
    '--tasks',
    '2',
    '--forks',
    '1',
    '--rounds',
    '1',
  ]);
  expect(reasons[0]).toMatch(
    /^counts disagree: `limited`, 2 of 2 trials, e\.g\. the origin saw 400 requests, expected 2$/,
  );
  expect(code).toBe(3);
});

it.skipIf(!HAS_PROC)('a pacer that is kept from its work: INVALID', async () => {
  const load = ['--load', 'rate=1000/s', '--duration', '2s'];
  const args = ['noop', '--executors', 'queue', '--threads', '2', ...load];
  using cli = new Cli([...args, '--forks', '1', '--rounds', '1', '--warmup', 'none']);
  let over = false;
  void cli.finished.then(() => {
    over = true;
  });
  // A tenth of each second it is not on a core, whatever the kernel thinks of it.
  while (!over) {
    for (const host of cli.children('host')) stopFor(host, 100);
    await new Promise(resolve => setTimeout(resolve, 400));
  }
  const { report, code } = await cli.finished;
  expect(reasonsOf(report!.scenarios[0]!)).toContainEqual(
    expect.stringMatching(/^pacer late: under `queue`/),
  );
  expect(code).toBe(3);
});

it('a process that the tasks compute in is no other program', async () => {
  const { reasons } = await run([fixture('service-process'), '--forks', '1', '--rounds', '3']);
  expect(reasons.filter(reason => reason.includes('other programs'))).toEqual([]);
});

it('tasks that the clock cannot tell from nothing, and too few forks: WEAK', async () => {
  const { scenario, reasons } = await run([
    'noop',
    '--executors',
    'limited',
    '--forks',
    '1',
    '--rounds',
    '1',
  ]);
  expect(scenario.validity).toBe('WEAK');
  expect(reasons).toContainEqual(
    expect.stringMatching(/^clock too coarse: half of `limited`'s tasks take less than 10 steps/),
  );
  expect(reasons).toContainEqual(expect.stringMatching(/^too few forks: 1, an interval needs 3/));
});

it('too few tasks: WEAK', async () => {
  const { reasons } = await run([
    'timer',
    '--tasks',
    '5',
    '--executors',
    'limited',
    '--forks',
    '1',
    '--rounds',
    '1',
    // A warm trial would run its batch several times.
    '--warmup',
    'none',
  ]);
  expect(reasons).toContainEqual(expect.stringMatching(/^too few samples: 5 tasks in all \(`limited`\)/));
});

it('work that gets slower from round to round: WEAK', async () => {
  const { reasons } = await run([fixture('tiring'), '--forks', '4', '--rounds', '4', '--budget', '60s']);
  expect(reasons).toContainEqual(expect.stringMatching(/^drift: `sequential` changes by -\d/));
});

it("libuv's pool of one thread, for two workers and a loop: WEAK, with its name", async () => {
  const args = [fixture('pooled'), '--forks', '1', '--rounds', '2', '--in-flight', '8'];
  const { scenario, reasons, stdout } = await run(args, { UV_THREADPOOL_SIZE: '1' });
  expect(scenario.executors[0]!.ideal?.limitedBy).toBe('libuv');
  expect(reasons).toContainEqual(
    expect.stringMatching(
      /^libuv's pool is the limit: `limited`( and `queue`)? reached (up to )?[>\d.]+ % of what its 1 thread allow/,
    ),
  );
  expect(stdout).toContain("libuv's pool");
});

it('other programs on every core: WEAK', async () => {
  const burners: ChildProcess[] = Array.from({ length: 2 * CORES }, () =>
    // A session of its own each: schedulers share cores out by session first.
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true }),
  );
  try {
    const args = ['cpu', '--param', 'cpuMs=2', '--tasks', '100', '--executors', 'sequential', '--forks', '1'];
    const { reasons } = await run([...args, '--rounds', '3']);
    expect(reasons).toContainEqual(expect.stringMatching(/^machine busy: other programs took \d+ %/));
    expect(reasons).toContainEqual(
      expect.stringMatching(/^machine busy: `sequential` was taken off its core \d+ times/),
    );
  } finally {
    for (const burner of burners) burner.kill('SIGKILL');
  }
});

it('more tasks than an executor can end: overloaded, which is a result and not invalid', async () => {
  const args = ['timer', '--param', 'waitMs=20', '--executors', 'sequential,limited', '--load', 'rate=200/s'];
  const { scenario, stdout, code } = await run([...args, '--forks', '1', '--rounds', '1']);
  expect(scenario.executors.map(({ variant: { id }, arrivals }) => [id, arrivals?.overloaded])).toEqual([
    ['sequential', true],
    ['limited', false],
  ]);
  expect(notesOf(scenario)).toContainEqual(
    expect.stringMatching(/^overloaded: the backlog of `sequential` grew from \d+ to \d+ tasks/),
  );
  expect(stdout).toContain('Only `limited` keeps up with 200/s');
  expect(code).toBe(0);
});

it('a duration load keeps its memory however many tasks there is time for', async () => {
  const args = ['noop', '--duration', '1s', '--executors', 'limited,queue', '--forks', '1', '--rounds', '2'];
  const { scenario } = await run([...args, '--budget', '60s']);
  for (const {
    variant: { id },
    outcomes,
    peakRssBytes,
    idleRssBytes,
  } of scenario.executors) {
    // A ledger would take 27 bytes a task, kept results at least 8.
    expect(outcomes.completed, id).toBeGreaterThan(300_000);
    expect(peakRssBytes! - idleRssBytes!, id).toBeLessThan(100e6);
  }
});

it('a batch says that its latency is time in the batch', async () => {
  const { stdout } = await run(['timer', '--executors', 'limited', '--forks', '1', '--rounds', '1']);
  expect(stdout.replace(/\s+/g, ' ')).toContain('In a batch its latency would be its time in the batch');
});
