import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, UsageError } from '../errors.js';
import { killGroup } from '../kill-group.js';
import type { BrokerAddress } from '../schema/index.js';
import type { BrokerRelay } from './broker-relay.js';
import { exitReason, inheritedEnv } from './child.js';
import type { Companion } from './companion.js';

const READY_LIMIT_MS = 10_000;
const POLL_MS = 10;
const KEPT = 2_000;
/** To end by itself, where it has more to do than to be gone. */
const END_LIMIT_MS = 3_000;
/** Of a path of a socket, as kernels take it: macOS has less room than Linux. */
export const LONGEST_SOCKET_PATH = 103;

/** Where programs are. @param path as in the environment */
export function foldersOf(path: string): string[] {
  return path.split(delimiter).filter(folder => folder !== '');
}

/** Of the system. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** A program that is, or prepares, a broker for one run. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** That nobody else may enter; it is removed by whoever has made it. */
  readonly folder: string;
  /** Left out: that of this process. */
  readonly user?: SystemUser | null;
  /** After which it lets go of what the kernel would keep; left out: SIGKILL, it has nothing to save. */
  readonly endSignal?: NodeJS.Signals;
}

/** Of who starts one. */
export interface BrokerCare {
  /** A folder that is removed with the run, whatever ends that. */
  folder(): string;
  /** Has another folder removed with the run. */
  watchFolder(folder: string): void;
  /** To be called at once: it must not outlive the run. */
  watch(started: BrokerProcess | BrokerRelay): void;
  isOver(): boolean;
}

/** What the tasks of a run are to go through, once it answers. */
export interface StartedServer {
  readonly process: BrokerProcess;
  readonly address: BrokerAddress;
}

/** @throws UsageError where there is no such program, or it does not come up */
export type StartServer = (
  wish: { readonly backend: string; readonly persistence: string },
  care: BrokerCare,
) => Promise<StartedServer>;

/** A server for one run alone: nothing listens on a port, and nothing outlives it. */
export class BrokerProcess implements Companion {
  readonly process: ChildProcess;
  readonly exited: Promise<string>;
  readonly endSignal: NodeJS.Signals;
  #how: string | null = null;
  #output = '';
  #end: Promise<null> | undefined;

  constructor({ program, args, folder, user = null, endSignal = 'SIGKILL' }: ServerCommand) {
    this.endSignal = endSignal;
    this.process = spawn(program, args, {
      cwd: folder,
      detached: true,
      env: inheritedEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...user,
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    this.exited = this.#follow();
  }

  /** Starts one whose end is seen to from its first moment. */
  static async start(command: ServerCommand, care: BrokerCare): Promise<BrokerProcess> {
    const started = new BrokerProcess(command);
    care.watch(started);
    if (care.isOver()) await started.end();
    return started;
  }

  /** Its end is told by those that use it: others can go on without. */
  readonly lost = new Promise<never>(() => {});

  /** @throws UsageError when it does not come up */
  async ready(isReady: () => boolean | Promise<boolean>): Promise<void> {
    for (let waitedMs = 0; waitedMs < READY_LIMIT_MS; waitedMs += POLL_MS) {
      if (this.#how !== null) break;
      if (await isReady()) return;
      await sleep(POLL_MS);
    }
    throw this.#refusal('did not come up');
  }

  /** Resolves when it has done what it is for. @throws UsageError when it has not */
  async done(): Promise<void> {
    await this.exited;
    if (this.process.exitCode !== 0) throw this.#refusal('did not end');
  }

  #refusal(otherwise: string): UsageError {
    const last = this.#output.trim().split('\n').at(-1) ?? '';
    const got = `one that ${this.#how ?? otherwise}${last === '' ? '' : `: ${last}`}`;
    return new UsageError('bullmq', 'a broker that starts', got, 'Give one that runs by --broker.');
  }

  end(): Promise<null> {
    this.#end ??= this.#stop();
    return this.#end;
  }

  async #stop(): Promise<null> {
    if (this.#how === null) killGroup(this.process.pid, this.endSignal);
    const late = setTimeout(() => killGroup(this.process.pid), END_LIMIT_MS);
    await this.exited;
    clearTimeout(late);
    return null;
  }

  async #follow(): Promise<string> {
    try {
      const [code, signal] = (await once(this.process, 'exit')) as [number | null, NodeJS.Signals | null];
      this.#how = exitReason(code, signal);
    } catch (error) {
      this.#how = `could not be started (${messageOf(error)})`;
    }
    return `the broker ${this.#how}`;
  }
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @throws UsageError where the path of a socket in a folder would be too long for the kernel */
export function requireShortPath(socket: string, within: string): void {
  if (socket.length <= LONGEST_SOCKET_PATH) return;
  const got = `the temporary folder ${within}`;
  throw new UsageError('bullmq', "a shorter path for the broker's socket", got, 'Set TMPDIR to /tmp.');
}
