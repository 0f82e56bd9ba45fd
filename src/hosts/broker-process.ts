import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import { socketUrl } from '../executors/broker/address.js';
import { killGroup } from '../kill-group.js';
import type { BrokerAddress } from '../schema/index.js';
import { exitReason, inheritedEnv } from './child.js';
import type { Companion } from './companion.js';

/** By the engine that is asked for: programs that are one, the first that is there is taken. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  any: ['valkey-server', 'redis-server'],
  redis: ['redis-server'],
  valkey: ['valkey-server'],
};

const HOW_TO_GET_ONE =
  'Install one (Debian, Ubuntu: apt-get install redis-server; macOS: brew install valkey), or give one by --broker redis://HOST:6379.';

const READY_LIMIT_MS = 10_000;
const POLL_MS = 10;
const KEPT = 2_000;
/** Of a path of a socket, as kernels take it: macOS has less room than Linux. */
export const LONGEST_SOCKET_PATH = 103;
/** Short, as temporary folders are not. */
export const SOCKET_NAME = 's';

/** @throws UsageError where no such program is on the PATH */
export function findServer(backend: string, path = process.env.PATH ?? ''): string {
  const programs = PROGRAMS[backend] ?? [];
  const places = path.split(delimiter).filter(folder => folder !== '');
  const files = programs.flatMap(program => places.map(folder => join(folder, program)));
  const found = files.find(isExecutable);
  if (found !== undefined) return found;
  throw new UsageError('bullmq', `a broker (${programs.join(' or ')} on the PATH)`, 'none', HOW_TO_GET_ONE);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Redis or Valkey for one run alone, on a socket in a private folder: nothing listens on a port, and nothing outlives it. */
export class BrokerProcess implements Companion {
  readonly process: ChildProcess;
  readonly exited: Promise<string>;
  readonly address: BrokerAddress;
  readonly #socket: string;
  #how: string | null = null;
  #output = '';
  #end: Promise<null> | undefined;

  /**
   * @param folder that nobody else may enter; it is removed by whoever has made it
   * @param persistence `appendonly`: each change is written there; else nothing is
   */
  constructor(program: string, folder: string, persistence = 'none') {
    this.#socket = join(folder, SOCKET_NAME);
    this.address = { url: socketUrl(this.#socket), caFile: null };
    this.process = spawn(program, brokerSettings(this.#socket, folder, persistence), {
      detached: true,
      env: inheritedEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    this.exited = this.#follow();
  }

  /** Its end is told by those that use it: others can go on without. */
  readonly lost = new Promise<never>(() => {});

  /** @throws UsageError when it does not come up */
  async ready(): Promise<void> {
    for (let waitedMs = 0; waitedMs < READY_LIMIT_MS; waitedMs += POLL_MS) {
      if (this.#how !== null) break;
      if (await accepts(this.#socket)) return;
      await sleep(POLL_MS);
    }
    const last = this.#output.trim().split('\n').at(-1) ?? '';
    const got = `one that ${this.#how ?? 'did not come up'}${last === '' ? '' : `: ${last}`}`;
    throw new UsageError('bullmq', 'a broker that starts', got, 'Give one that runs by --broker.');
  }

  end(): Promise<null> {
    this.#end ??= this.#stop();
    return this.#end;
  }

  /** It has nothing to save. */
  async #stop(): Promise<null> {
    killGroup(this.process.pid);
    await this.exited;
    return null;
  }

  async #follow(): Promise<string> {
    try {
      const [code, signal] = (await once(this.process, 'exit')) as [number | null, NodeJS.Signals | null];
      this.#how = exitReason(code, signal);
    } catch (error) {
      this.#how = `could not be started (${error instanceof Error ? error.message : error})`;
    }
    return `the broker ${this.#how}`;
  }
}

export function brokerSettings(socket: string, folder: string, persistence: string): string[] {
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: folder,
    save: '',
    appendonly: persistence === 'appendonly' ? 'yes' : 'no',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'warning',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

function accepts(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ path });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
