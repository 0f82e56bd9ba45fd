import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli, HAS_PROC, isAlive, until } from './cli.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const SET_UP = fixture('set-up.mjs');
const ONCE = ['--forks', '1', '--rounds', '1', '--quiet', '--tasks', '8'];
const serve = (does: string) => ['--serve', `${process.execPath} ${fixture('server.mjs')} ${does}`];

let log: string;
beforeEach(() => {
  log = join(tmpdir(), `tvl-set-up-${process.pid}-${Date.now()}`);
});
afterEach(() => rmSync(log, { force: true }));

function notes(): string[] {
  try {
    return readFileSync(log, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
const withoutPid = (line: string) => line.replace(/ \d+$/, '');
const pidOf = (line: string) => Number(/\d+$/.exec(line)![0]);
const setUp = (args: readonly string[], does = '') =>
  new Cli([SET_UP, ...ONCE, ...args], { SETUP_LOG: log, SETUP_DOES: does });

describe('setup and teardown', () => {
  it('are called once a run, in one process that measures nothing, and all workers have what was made', async () => {
    using cli = setUp(['--executors', 'sequential,queue,processes', '--threads', '2']);
    const { code, report, stderr } = await cli.finished;
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    const lines = notes();
    expect(withoutPid(lines[0]!)).toBe('setup');
    expect(withoutPid(lines.at(-1)!)).toBe('teardown here');
    const opens = lines.slice(1, -1);
    expect(new Set(opens.map(withoutPid))).toEqual(new Set(['open']));
    const own = pidOf(lines[0]!);
    expect(pidOf(lines.at(-1)!)).toBe(own);
    expect(own).not.toBe(cli.process.pid);
    expect(opens.map(pidOf)).not.toContain(own);
    expect(opens.map(pidOf)).not.toContain(cli.process.pid);
    // Tasks that do not get it throw.
    for (const { outcomes } of report!.scenarios[0]!.executors) expect(outcomes.failed).toEqual({});
  });

  it.each([
    [
      'throws',
      /^error: setup of set-up: expected one that succeeds, got Error: no database \(.*set-up\.mjs:9\)\. /,
    ],
    [
      'returns a function',
      /what setup of set-up returns: expected plain data, which JSON can hold, got an object/,
    ],
  ])('%s: nothing is measured, exit 2', async (does, message) => {
    using cli = setUp(['--executors', 'sequential'], does);
    const { code, report, stderr } = await cli.finished;
    expect(stderr).toMatch(message);
    expect({ code, report }).toEqual({ code: 2, report: null });
    expect(notes().map(withoutPid)).not.toContain('open');
  });

  it('a teardown that throws: exit 1, the results are kept', async () => {
    using cli = setUp(['--executors', 'sequential'], 'throws at the end');
    const { code, report, stderr } = await cli.finished;
    expect(stderr).toMatch(/^error: teardown of set-up: Error: it is locked \(.*set-up\.mjs:18\)$/m);
    expect(code).toBe(1);
    expect(report!.interrupted).toBe(false);
    expect(report!.scenarios[0]!.executors[0]!.trials.length).toBeGreaterThan(0);
  });

  it('Ctrl-C while tasks run: torn down all the same', async () => {
    using cli = setUp(['--executors', 'sequential', '--tasks', '100000', '--warmup', '60s']);
    await until(() => notes().some(line => line.startsWith('open')));
    cli.process.kill('SIGINT');
    expect((await cli.finished).code).toBe(130);
    expect(withoutPid(notes().at(-1)!)).toBe('teardown here');
  });

  it('Ctrl-C while it sets up: its process is ended', async () => {
    using cli = setUp(['--executors', 'sequential'], 'hangs');
    await until(() => notes().length === 1);
    cli.process.kill('SIGINT');
    const { code, stderr } = await cli.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted before anything was measured.');
    expect(isAlive(pidOf(notes()[0]!))).toBe(false);
  });

  it('a process of theirs that ends too soon ends the run, with what it has', async () => {
    using cli = setUp(['--executors', 'sequential', '--tasks', '40'], 'exits');
    const { code, report, stderr } = await cli.finished;
    expect(stderr).toContain("error: the process of set-up's setup is gone: setup exited with code 3");
    expect(report!.scenarios[0]!).toMatchObject({ stoppedBy: 'lost' });
    expect(report!.scenarios[0]!.findings).toContainEqual(
      expect.objectContaining({
        code: 'stopped',
        values: {
          loss: {
            code: 'setup-ended',
            workload: 'set-up',
            ...{ exitCode: 3, signal: null, outOfMemory: false, message: null },
          },
        },
      }),
    );
    expect([1, 3]).toContain(code);
  });
});

describe.skipIf(!HAS_PROC)('--serve', () => {
  const CALLS = fileURLToPath(new URL('../../examples/served/call.mjs', import.meta.url));

  /** Of the node process behind the shell. */
  const serverOf = (cli: Cli) => cli.descendants('fixtures/server.mjs');

  it('threads and processes find it, and it is ended with the run', async () => {
    using cli = setUp([...serve('listens'), '--executors', 'sequential,queue,processes', '--threads', '2']);
    await until(() => serverOf(cli).length > 0);
    const pids = serverOf(cli);
    const { code, stderr, report } = await cli.finished;
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(report!.plan.serve).toMatchObject({ ready: { kind: 'listening' } });
    // With its URL in them, or else they would differ.
    for (const { outcomes } of report!.scenarios[0]!.executors) expect(outcomes.failed).toEqual({});
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('%s to the program ends it too', async signal => {
    using cli = setUp([
      ...serve('listens'),
      '--executors',
      'sequential',
      '--tasks',
      '100000',
      '--warmup',
      '60s',
    ]);
    await until(() => notes().some(line => line.startsWith('open')));
    const pids = serverOf(cli);
    expect(pids.length).toBeGreaterThan(0);
    cli.process.kill(signal);
    await cli.finished;
    await until(() => !pids.some(isAlive));
  });

  it('one that ends before it listens: what it printed last, exit 2', async () => {
    using cli = setUp([...serve('refuses'), '--executors', 'sequential']);
    const { code, stderr } = await cli.finished;
    expect(stderr).toMatch(
      /error: serve: expected .* within 30 s, got one that exited with code 4\. .*It printed last:\n {2}no such table\n/s,
    );
    expect(code).toBe(2);
    expect(notes()).toEqual([]);
  });

  it('one that ends while tasks call it: the scenario has stopped, and says what it printed last', async () => {
    const args = ['--executors', 'sequential', '--warmup', '60s', '--forks', '1', '--quiet'];
    using cli = new Cli([CALLS, ...serve('dies'), ...args]);
    const { code, stderr, report, stdout } = await cli.finished;
    expect(stderr).toMatch(
      /^error: ".*server\.mjs dies" exited with code 5\. It printed last: .*out of luck$/m,
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the scenario could not go on:');
    expect(report!.scenarios[0]!.stoppedBy).toBe('lost');
    expect([1, 3]).toContain(code);
  });
});
