import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findServer } from '../../src/hosts/broker-process.js';

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
    .filter(pid => Number.isInteger(pid) && pid !== process.pid && wordsOf(pid, 'cmdline').includes(text));
}

/** Of those the ones that have a text in their environment, such as the folder of a test: others may run the same program. */
export function processesIn(text: string, environment: string): number[] {
  return processesWith(text).filter(pid => wordsOf(pid, 'environ').includes(environment));
}

function wordsOf(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** @returns whether it came to be so */
export async function becomes(isSo: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < GONE_LIMIT_MS && !isSo(); waitedMs += POLL_MS) await sleep(POLL_MS);
  return isSo();
}
