import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startExecutor } from '../../src/contract/start.js';
import { socketUrl } from '../../src/executors/broker/address.js';
import { connectionOptions } from '../../src/executors/broker/postgres/connection-options.js';
import { PRIVATE, socketName } from '../../src/executors/broker/private-postgres.js';
import bullmq from '../../src/executors/bullmq.js';
import { lostTrialText } from '../../src/report/words/losses.js';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { becomes, commandOf, freePort, parentOf, processesWith, startForeignPostgres } from './processes.js';
import { sharedBroker } from './shared-broker.js';

describe('bullmq through PostgreSQL', () => {
  const broker = sharedBroker('postgres');

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

  const refuseWrites = async (pid: number) => {
    const url = socketUrl('postgres', join(folderOf(pid), socketName(PRIVATE.port)));
    const client = new pg.Client(connectionOptions({ url, caFile: null }));
    await client.connect();
    await client.query('ALTER SYSTEM SET default_transaction_read_only = on');
    await client.query('SELECT pg_reload_conf()');
    await client.end();
  };

  it.each([
    ['is killed', (pid: number) => process.kill(pid, 'SIGKILL'), /the broker is lost|ECONNREFUSED|ENOENT/],
    ['takes no more writes', refuseWrites, /cannot execute [\w ]+ in a read-only transaction/],
  ])('goes on with the other executors when the server %s', async (_how, deed, why) => {
    const child = start(privately('--tasks', '20000', '--forks', '2', '--budget', '30s'));
    const done = ended(child);
    await deed(await usedServerOf(child));
    await done;
    const { executors } = report().scenarios[0]!;
    const of = (name: string) => executors.find(({ variant }) => variant.name === name)!;
    const reasons = of('bullmq').trials.flatMap(trial =>
      trial.state === 'lost' ? [lostTrialText(trial)] : [],
    );
    expect(reasons.join()).toMatch(why);
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
