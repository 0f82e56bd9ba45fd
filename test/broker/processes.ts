import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgres, placeFor, serverUser } from '../../src/hosts/postgres-server.js';
import { findServer } from '../../src/hosts/redis-server.js';
import { STAT, statSum } from '../../src/proc.js';

const POLL_MS = 20;
/** Whoever is still there after that is taken to stay. */
const GONE_LIMIT_MS = 10_000;

/** A broker of somebody else's, on a port of loopback. */
export interface ForeignBroker extends AsyncDisposable {
  readonly port: number;
  /** Answers of `redis-cli`-like commands, as text. */
  ask(command: string): Promise<string>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param more settings, e.g. `['--requirepass', 'secret']` @param auth sent before each command */
export async function startForeignBroker(
  more: readonly string[] = [],
  auth: string | null = null,
): Promise<ForeignBroker> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tvl-broker-'));
  const usual = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const server = spawn(findServer('any'), [...usual, ...more], { stdio: 'ignore' });
  const exited = once(server, 'exit');
  const ask = (command: string) => askOver(port, auth === null ? [command] : [`AUTH ${auth}`, command]);
  for (let tries = 0; tries < 200 && !(await accepts(port)); tries++) await sleep(POLL_MS);
  return {
    port,
    ask,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL of somebody else's, on a port of loopback, with TLS for those who want it. */
export interface ForeignPostgres extends AsyncDisposable {
  readonly port: number;
  /** Its certificate, which is that of `localhost` and trusted by nobody else. */
  readonly caFile: string;
}

/** @param password of its user `me` */
export async function startForeignPostgres(password: string): Promise<ForeignPostgres> {
  const programs = findPostgres();
  const user = serverUser();
  const folder = mkdtempSync(join(placeFor(user), 'tvl-postgres-'));
  const [files, data] = [join(folder, 'f'), join(folder, 'd')];
  const as = { cwd: folder, ...user };
  const own = (path: string) => user !== null && chownSync(path, user.uid, user.gid);
  own(folder);
  writeFileSync(`${files}.word`, password);
  own(`${files}.word`);
  const certificate = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ];
  const named = [
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    `${files}.key`,
    '-out',
    `${files}.pem`,
  ];
  spawnSync('openssl', [...certificate, ...named], as);
  const auth = ['--username=me', '--auth=scram-sha-256', `--pwfile=${files}.word`];
  const made = spawnSync(join(programs, 'initdb'), ['-D', data, ...auth, '--no-sync', '--locale=C'], as);
  if (made.status !== 0) throw new Error(String(made.stderr));
  const port = await freePort();
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' },
    ...{ ssl: 'on', ssl_cert_file: `${files}.pem`, ssl_key_file: `${files}.key` },
  };
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...set], { ...as, stdio: 'ignore' });
  const exited = once(server, 'exit');
  const isReady = () => /\nready *\n/.test(textOf(join(data, 'postmaster.pid')));
  if (!(await becomes(isReady))) throw new Error('it does not come up');
  return {
    port,
    caFile: `${files}.pem`,
    async [Symbol.asyncDispose]() {
      // Not by SIGKILL, which leaves its shared memory to the kernel.
      server.kill('SIGQUIT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function askOver(port: number, commands: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (text: Buffer) => {
    answer += text;
  });
  socket.end(commands.map(one => `${one}\r\n`).join(''));
  await once(socket, 'close');
  return answer;
}

/** Processes of this machine whose command line has this text in it. */
export function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => Number.isInteger(pid) && pid !== process.pid && commandOf(pid).includes(text));
}

/**
 * A PostgreSQL can write no byte of a file beyond a limit from now on: the kernel refuses it, as on a disk that is full.
 *
 * @param pid of the one that has started all of its processes
 */
export function limitFiles(pid: number, bytes: number): void {
  const children = processesWith('').filter(one => parentOf(one) === pid);
  for (const one of [pid, ...children]) {
    // As their user: to have others' limits changed takes more than to be root.
    const asked = ['--pid', String(one), `--fsize=${bytes}`];
    const { status, stderr } = spawnSync('prlimit', asked, { ...serverUser() });
    if (status !== 0 && commandOf(one) !== '') throw new Error(`its files cannot be limited: ${stderr}`);
  }
}

/** 0 of one that is gone. */
export function parentOf(pid: number): number {
  return statSum(textOf(`/proc/${pid}/stat`), STAT.parent);
}

export function commandOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

/** @returns whether it came to be so */
export async function becomes(isSo: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < GONE_LIMIT_MS && !isSo(); waitedMs += POLL_MS) await sleep(POLL_MS);
  return isSo();
}
