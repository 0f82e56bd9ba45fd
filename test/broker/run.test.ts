import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lostTrialText } from '../../src/report/words/losses.js';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { becomes, freePort, parentOf, processesWith, startForeignBroker } from './processes.js';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const PASSWORD = 'a-word-that-nobody-sees';

let cwd: string;
let temporary: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-run-'));
  temporary = join(cwd, 't');
  mkdirSync(temporary);
});
afterEach(() => rmSync(cwd, { recursive: true }));

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const own = {
    ...process.env,
    TMPDIR: temporary,
    CI: 'true',
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    ...env,
  };
  return spawn(process.execPath, [main, ...args], { cwd, env: own, timeout: 100_000, killSignal: 'SIGKILL' });
}

const SHORT = ['--forks', '1', '--rounds', '1', '--warmup', '10ms', '--tasks', '200', '--seed', '1'];
const run = (...more: string[]) => ['run', 'noop', '--executors', 'limited,bullmq', ...SHORT, ...more];
const saved = () => readFileSync(join(cwd, 'results/latest.json'), 'utf8');
const report = () => JSON.parse(saved()) as Report;
/** Files of the run's own, in the folder that is there for them. */
const leftBehind = () => readdirSync(temporary);

it('a trial of few tasks takes as long as they do, however many came before', async () => {
  const rounds = ['--rounds', '25', '--tasks', '60'];
  const { code, stderr } = await ended(start([...run('--threads', '2'), ...rounds]));
  expect(code, stderr).toBe(0);
  const executor = report().scenarios[0]!.executors.find(({ variant }) => variant.name === 'bullmq')!;
  const wallsMs = executor.trials.map(trial =>
    trial.state === 'measured' ? trial.wallMs / trial.batches : -1,
  );
  expect(wallsMs.length).toBeGreaterThan(20);
  // Readers, workers and locks wait for 5 s.
  expect(Math.max(...wallsMs)).toBeLessThan(2_000);
  expect(Math.min(...wallsMs)).toBeGreaterThan(0);
});

it('starts a private broker, names it in the result, and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await ended(start(run('--threads', '2')));
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/· (?:Redis|Valkey) \d+\.\d+ ·/);
  const [broker] = report().brokers!;
  expect(broker).toMatchObject({
    backend: 'any',
    url: null,
    settings: { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' },
  });
  expect(broker!.version).toMatch(/^\d+\.\d+/);
  expect(broker!.packages.bullmq).toMatch(/^6\./);
  const executor = report().scenarios[0]!.executors.find(({ variant }) => variant.name === 'bullmq')!;
  expect(executor.validity).toBe('VALID');
  for (const trial of executor.trials)
    expect(trial).toMatchObject({ state: 'measured', executions: { duplicates: 0, workersLost: 0 } });
  expect(leftBehind()).toEqual([]);
  expect(processesWith(temporary)).toEqual([]);
});

it('saves each change in a private broker where that is asked for, names it, and leaves no file', async () => {
  const { code, stdout, stderr } = await ended(start(run('--option', 'persistence=appendonly')));
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/· (?:Redis|Valkey) \d+\.\d+ \(appendonly\) ·/);
  expect(report().brokers![0]!.settings).toMatchObject({
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
  });
  expect(leftBehind()).toEqual([]);
});

it.each([
  ['any', '(?:Redis|Valkey)'],
  ['postgres', 'PostgreSQL'],
])(
  '%s: puts a round trip between a private broker and those that use it, and names both',
  async (backend, name) => {
    const asked = run('--option', `backend=${backend}`, '--option', 'rtt=0,3ms');
    const { code, stdout, stderr } = await ended(start(asked));
    expect(code, stderr).toBe(0);
    const version = `${name} \\d+\\.\\d+`;
    // A long line is wrapped.
    const head = stdout.replace(/\s+/g, ' ');
    expect(head).toMatch(new RegExp(`· ${version} · ${version} \\(3 ms round trip\\) ·`));
    const [near, far] = report().brokers!;
    expect([near!.rttMs, far!.rttMs]).toEqual([undefined, 3]);
    // Less would be a bug, more may be the machine.
    expect(far!.roundTripMs).toBeGreaterThan(0.9 * 3);
    expect(near!.roundTripMs).toBeGreaterThan(0);
    const bullmq = report().scenarios[0]!.executors.filter(({ variant }) => variant.name === 'bullmq');
    expect(bullmq.map(({ lostTrials, validity }) => [lostTrials, validity])).toEqual([
      [0, 'VALID'],
      [0, 'VALID'],
    ]);
    expect(leftBehind()).toEqual([]);
    expect(processesWith(temporary)).toEqual([]);
  },
);

it('refuses a broker that is given and saves nothing, where saving is asked for', async () => {
  await using broker = await startForeignBroker();
  const asked = run('--broker', `redis://127.0.0.1:${broker.port}`, '--option', 'persistence=appendonly');
  const { code, stderr } = await ended(start(asked));
  expect(code).toBe(2);
  expect(stderr).toMatch(/expected one that saves each change .*persistence=appendonly.*, got appendonly no/);
});

it.each(['SIGINT', 'SIGKILL'] as const)(
  'leaves no broker behind when the run is ended by %s',
  async signal => {
    const child = start(run('--tasks', '200000', '--budget', '60s'));
    // The socket is in the command line of the broker.
    expect(await becomes(() => processesWith(`${temporary}/`).length > 0)).toBe(true);
    expect(await becomes(() => leftBehind().length > 0)).toBe(true);
    child.kill(signal);
    await once(child, 'exit');
    expect(await becomes(() => processesWith(`${temporary}/`).length === 0)).toBe(true);
    expect(await becomes(() => leftBehind().length === 0)).toBe(true);
  },
);

it('goes through a broker that is given, whose password is nowhere, and leaves no key in it', async () => {
  await using broker = await startForeignBroker(['--requirepass', PASSWORD], PASSWORD);
  const url = `redis://:${PASSWORD}@127.0.0.1:${broker.port}/0`;
  const { code, stdout, stderr } = await ended(
    start(run('--broker', url, '--reporter', 'terminal,markdown')),
  );
  expect(code, stderr).toBe(0);
  expect(report().brokers![0]!.url).toBe(`redis://:•••@127.0.0.1:${broker.port}/0`);
  const written = readdirSync(join(cwd, 'results')).map(name =>
    readFileSync(join(cwd, 'results', name), 'utf8'),
  );
  expect(written.length).toBeGreaterThan(2);
  for (const text of [stdout, stderr, ...written]) expect(text).not.toContain(PASSWORD);
  expect(await broker.ask('DBSIZE')).toContain(':0\r\n');
});

it('says what is wrong with a broker that is given, without its password, and exits 2', async () => {
  await using locked = await startForeignBroker(['--requirepass', PASSWORD], PASSWORD);
  await using evicting = await startForeignBroker([
    '--maxmemory',
    '50mb',
    '--maxmemory-policy',
    'allkeys-lru',
  ]);
  await using replica = await startForeignBroker(['--replicaof', '127.0.0.1 1']);
  await using silent = await startForeignBroker();
  await silent.ask('CLIENT PAUSE 60000 ALL');
  const nobody = await freePort();
  const said = [
    [`redis://:${PASSWORD}x@127.0.0.1:${locked.port}`, /got .*WRONGPASS/],
    [
      `redis://127.0.0.1:${evicting.port}`,
      /keeps what it is given \(maxmemory-policy noeviction\), got .*lru/,
    ],
    [`redis://127.0.0.1:${replica.port}`, /can be written to, got READONLY/],
    [`redis://127.0.0.1:${silent.port}`, /one that answers .*, got Command timed out/],
    [`redis://user:${PASSWORD}@127.0.0.1:${nobody}`, /got connect ECONNREFUSED/],
  ] as const;
  for (const [url, why] of said) {
    const { code, stdout, stderr } = await ended(start(run('--broker', url)));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: --broker: expected /);
    expect(stderr).toMatch(why);
    expect(stderr).not.toContain(PASSWORD);
  }
});

it('trusts the certificates of --ca on rediss', async () => {
  const made = spawn('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...[
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      join(cwd, 'key.pem'),
      '-out',
      join(cwd, 'ca.pem'),
    ],
  ]);
  await once(made, 'exit');
  expect(existsSync(join(cwd, 'ca.pem'))).toBe(true);
  const port = await freePort();
  const files = ['--tls-cert-file', join(cwd, 'ca.pem'), '--tls-key-file', join(cwd, 'key.pem')];
  const tls = [...files, '--tls-ca-cert-file', join(cwd, 'ca.pem'), '--tls-auth-clients', 'no'];
  await using _ = await startForeignBroker(['--tls-port', String(port), ...tls]);
  const url = `rediss://localhost:${port}`;
  const { code, stderr } = await ended(start(run('--broker', url, '--ca', 'ca.pem')));
  expect(code, stderr).toBe(0);
  const untrusted = await ended(start(run('--broker', url)));
  expect(untrusted).toMatchObject({ code: 2 });
  expect(untrusted.stderr).toMatch(/self-signed certificate/);
});

it('goes on with the other executors when the broker is killed', async () => {
  const child = start(run('--tasks', '20000', '--forks', '2', '--budget', '60s'));
  const done = ended(child);
  expect(await becomes(() => processesWith(`${temporary}/`).length > 0)).toBe(true);
  // It serves: the first trial of a fork is on its way, or over.
  const isOurs = (pid: number) => parentOf(parentOf(pid)) === child.pid;
  expect(await becomes(() => processesWith('broker-worker').some(isOurs))).toBe(true);
  for (const pid of processesWith(`${temporary}/`)) process.kill(pid, 'SIGKILL');
  await done;
  const { executors } = report().scenarios[0]!;
  const reasons = executors
    .find(({ variant }) => variant.name === 'bullmq')!
    .trials.flatMap(trial => (trial.state === 'lost' ? [lostTrialText(trial)] : []));
  expect(reasons.join()).toMatch(/the broker is lost|ECONNREFUSED|ENOENT/);
  const limited = executors.find(({ variant }) => variant.name === 'limited')!;
  expect(limited.lostTrials).toBe(0);
  expect(limited.rounds).toBeGreaterThan(0);
});

it('says how to get a broker where there is none, and exits 2', async () => {
  const { code, stderr } = await ended(start(run(), { PATH: join(cwd, 'nothing') }));
  expect(code).toBe(2);
  expect(stderr).toBe(
    'error: bullmq: expected a broker (valkey-server or redis-server on the PATH), got none. Install one (Debian, Ubuntu: apt-get install redis-server; macOS: brew install valkey), or give one by --broker redis://HOST:6379.\n',
  );
});
