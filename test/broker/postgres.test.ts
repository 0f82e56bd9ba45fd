import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endings, range } from '../../src/contract/check.js';
import { executorChecks } from '../../src/contract/index.js';
import { startExecutor } from '../../src/contract/start.js';
import { connectionOptions } from '../../src/executors/broker/postgres/connection-options.js';
import bullmq from '../../src/executors/bullmq.js';
import { workerEnded } from '../../src/executors/worker-exits.js';
import { PrivateBroker } from '../../src/hosts/private-broker.js';
import { lostTrialText } from '../../src/report/words/losses.js';
import type { BrokerAddress, Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { becomes, commandOf, freePort, parentOf, processesWith, startForeignPostgres } from './processes.js';

describe('bullmq through PostgreSQL', async () => {
  let running: PrivateBroker | undefined;
  beforeAll(async () => {
    running = await PrivateBroker.start('postgres');
  });
  afterAll(() => running?.[Symbol.asyncDispose]());

  /** One for all of them: to make one takes longer than most checks. */
  const broker: BrokerAddress = {
    get url() {
      return running!.address.url;
    },
    caFile: null,
  };
  const checks = await executorChecks(bullmq, { broker });
  /** A lock has to run out, and once more. */
  const isWaiting = (name: string) => /as stalled/.test(name);
  for (const { name, run } of checks.filter(one => !isWaiting(one.name))) it(name, () => run());

  // These wait for locks: together, which takes a third of the time.
  it('has checks that wait for locks', () => expect(checks.some(one => isWaiting(one.name))).toBe(true));
  for (const { name, run } of checks.filter(one => isWaiting(one.name))) it.concurrent(name, () => run());

  it.concurrent('loses nothing and counts nothing twice when a worker is killed in the middle of a trial', async () => {
    await using probe = await startExecutor(bullmq, {
      does: 'wait',
      threads: 2,
      inFlight: 8,
      capacity: 1_000,
      broker,
    });
    const arrived = endings();
    const batch = probe.batch(1_000, undefined, { ended: arrived.next });
    const run = probe.executor.run(batch);
    await arrived.reach(200);
    process.kill(probe.executor.usage!().pids[0]!, 'SIGKILL');
    await run;
    expect([batch.completed, batch.failed, batch.cancelled]).toEqual([1_000, 0, 0]);
    expect(batch.results).toEqual(range(1_000));
    const executions = await probe.executor.executions!();
    const loss = workerEnded('process', { exitCode: null, signal: 'SIGKILL' });
    expect(executions).toMatchObject({ workersLost: 1, loss });
    expect(executions.started).toBeGreaterThanOrEqual(1_000);
    expect(executions.started).toBeLessThanOrEqual(1_008);
    expect(executions.recoveryMs).toBeGreaterThan(0);
    // The one in its place takes part from then on.
    expect((await probe.run(20)).completed).toBe(20);
  });

  it.concurrent('keeps the lock of a task that computes for longer than a lock holds', async () => {
    const moduleUrl = new URL('../fixtures/long-block.mjs', import.meta.url).href;
    const workload = { name: 'long-block', moduleUrl, params: { holdMs: 12_000, holders: 1 } };
    await using probe = await startExecutor(bullmq, { workload, threads: 2, inFlight: 2, broker });
    const batch = await probe.run(4);
    expect([batch.completed, batch.failed]).toEqual([4, 0]);
    expect(await probe.executor.executions!()).toMatchObject({ started: 4, duplicates: 0, workersLost: 0 });
  });

  it('tells the CPU time of its processes, and leaves no schema behind', async () => {
    const probe = await startExecutor(bullmq, { does: 'wait', threads: 2, inFlight: 4, broker });
    await probe.executor.refreshUsage!();
    const before = probe.executor.usage!().brokerCpuMs!;
    await probe.run(300);
    await probe.executor.refreshUsage!();
    expect(probe.executor.usage!().brokerCpuMs).toBeGreaterThan(before);
    await probe[Symbol.asyncDispose]();
    const client = new pg.Client(connectionOptions(broker));
    await client.connect();
    const found = await client.query(
      "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'threads_vs_loop%'",
    );
    await client.end();
    expect(found.rows).toEqual([]);
  });

  it('loses the trial, and says why, when the server is killed', async () => {
    await using own = await PrivateBroker.start('postgres');
    await using probe = await startExecutor(bullmq, {
      does: 'wait',
      threads: 2,
      inFlight: 4,
      broker: own.address,
    });
    const arrived = endings();
    const run = probe.executor.run(probe.batch(300, undefined, { ended: arrived.next }));
    await arrived.reach(10);
    process.kill(own.pid, 'SIGKILL');
    const lost = { loss: { code: 'broker-lost', message: expect.stringMatching(/./) } };
    await expect(run).rejects.toMatchObject(lost);
    await expect(probe.run(3)).rejects.toMatchObject({ loss: { code: 'broker-lost' } });
  });
});

describe('a run', () => {
  const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
  const PASSWORD = 'a-word-that-nobody-sees';
  const SHORT = ['--forks', '1', '--rounds', '1', '--warmup', '10ms', '--tasks', '200', '--seed', '1'];
  let cwd: string;

  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'tvl-postgres-'));
    mkdirSync(join(cwd, 't'));
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const own = { ...process.env, TMPDIR: join(cwd, 't'), CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined };
    const limits = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
    return spawn(process.execPath, [main, ...args], { cwd, env: { ...own, ...env }, ...limits });
  }
  const run = (...more: string[]) => ['run', 'noop', '--executors', 'limited,bullmq', ...SHORT, ...more];
  const privately = (...more: string[]) => run('--option', 'backend=postgres', ...more);
  const report = () => JSON.parse(readFileSync(join(cwd, 'results/latest.json'), 'utf8')) as Report;

  /** Of a run's own, while that lives. */
  const serverOf = (child: ChildProcess) =>
    processesWith('dynamic_shared_memory_type=mmap').find(pid => parentOf(pid) === child.pid);
  /** One of the run's hosts has started it. */
  const hasWorker = (child: ChildProcess) =>
    processesWith('broker-worker').some(pid => parentOf(parentOf(pid)) === child.pid);
  const folderOf = (pid: number) => / -D (\S+)/.exec(commandOf(pid))![1]!;
  /** Shared memory that this process has made. */
  const segmentsOf = (pid: number) =>
    readFileSync('/proc/sysvipc/shm', 'utf8')
      .split('\n')
      .filter(line => line.trim().split(/\s+/)[4] === String(pid));

  async function usedServerOf(child: ChildProcess): Promise<number> {
    expect(await becomes(() => hasWorker(child))).toBe(true);
    return serverOf(child)!;
  }

  it('starts a private PostgreSQL, names it in the result, and leaves nothing behind', async () => {
    const child = start(privately('--option', 'persistence=durable'));
    const done = ended(child);
    const folder = folderOf(await usedServerOf(child));
    const { code, stdout, stderr } = await done;
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/· PostgreSQL \d+\.\d+ \(durable\) ·/);
    const [broker] = report().brokers!;
    expect(broker).toMatchObject({
      ...{ backend: 'postgres', engine: 'postgres', url: null },
      settings: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
    });
    expect(Object.keys(broker!.packages)).toEqual(['bullmq', 'pg']);
    const executor = report().scenarios[0]!.executors.find(({ variant }) => variant.name === 'bullmq')!;
    expect(executor.validity).toBe('VALID');
    for (const trial of executor.trials)
      expect(trial).toMatchObject({ state: 'measured', executions: { duplicates: 0, workersLost: 0 } });
    expect(readdirSync(join(cwd, 't'))).toEqual([]);
    expect([existsSync(folder), processesWith(folder)]).toEqual([false, []]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('leaves no server behind when it is ended by %s', async signal => {
    const child = start(privately('--tasks', '200000', '--budget', '60s'));
    const pid = await usedServerOf(child);
    const folder = folderOf(pid);
    expect(existsSync(folder)).toBe(true);
    child.kill(signal);
    await once(child, 'exit');
    expect(await becomes(() => processesWith(folder).length === 0 && !existsSync(folder))).toBe(true);
    expect(segmentsOf(pid)).toEqual([]);
    expect(await becomes(() => readdirSync(join(cwd, 't')).length === 0)).toBe(true);
  });

  it('goes on with the other executors when the server is killed', async () => {
    const child = start(privately('--tasks', '20000', '--forks', '4', '--budget', '30s'));
    const done = ended(child);
    process.kill(await usedServerOf(child), 'SIGKILL');
    await done;
    const { executors } = report().scenarios[0]!;
    const of = (name: string) => executors.find(({ variant }) => variant.name === name)!;
    const reasons = of('bullmq').trials.flatMap(trial =>
      trial.state === 'lost' ? [lostTrialText(trial)] : [],
    );
    expect(reasons.join()).toMatch(/the broker is lost|ECONNREFUSED|ENOENT/);
    expect(of('limited').lostTrials).toBe(0);
    expect(of('limited').rounds).toBeGreaterThan(0);
  });

  it('goes through one that is given, by TLS, and says what is wrong with it, never with its password', async () => {
    await using server = await startForeignPostgres(PASSWORD);
    const at = (password: string, host: string, mode: string) =>
      `postgres://me:${password}@${host}:${server.port}/postgres?sslmode=${mode}`;
    const url = at(PASSWORD, 'localhost', 'verify-full');
    const fine = await ended(start(run('--broker', url, '--ca', server.caFile)));
    expect(fine.code, fine.stderr).toBe(0);
    expect(report().brokers![0]!.url).toBe(url.replace(PASSWORD, '•••'));
    const written = readdirSync(join(cwd, 'results')).map(name =>
      readFileSync(join(cwd, 'results', name), 'utf8'),
    );
    for (const text of [fine.stdout, fine.stderr, ...written]) expect(text).not.toContain(PASSWORD);
    const said = [
      [[at(`${PASSWORD}x`, '127.0.0.1', 'disable')], /got password authentication failed for user "me"/],
      [[url], /got self-signed certificate/],
      [[at(PASSWORD, '127.0.0.1', 'disable'), '--option', 'backend=redis'], /expected redis, .*got postgres/],
      [
        [at(PASSWORD, '127.0.0.1', 'disable'), '--option', 'persistence=durable'],
        /\(fsync on\).*got fsync off/,
      ],
      [[`postgres://me:${PASSWORD}@127.0.0.1:${await freePort()}`], /got connect ECONNREFUSED/],
    ] as const;
    for (const [asked, why] of said) {
      const { code, stdout, stderr } = await ended(start(run('--broker', ...asked)));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: --broker: expected /);
      expect(stderr).toMatch(why);
      expect(stderr).not.toContain(PASSWORD);
    }
  });
});
