import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { messageOf, UsageError } from '../errors.js';
import { killGroup } from '../kill-group.js';
import { processEndText } from '../process-end.js';
import type { Loss, ProcessEnd, Serve } from '../schema/index.js';
import { inheritedEnv, processEnd } from './child.js';
import type { Companion } from './companion.js';
import { listenerOn, readyUrl, untilReady } from './listening.js';
import type { Orphans } from './orphans.js';
import { isGroupAlive } from './process-group.js';

const READY_LIMIT_MS = 30_000;
/** From SIGTERM to SIGKILL. */
const TERM_LIMIT_MS = 5_000;
/** From SIGKILL on: nobody survives it, but the kernel may be busy. */
const KILL_LIMIT_MS = 2_000;
const POLL_MS = 20;
/** What it printed last may still be in the pipe when it has ended. */
const LAST_OUTPUT_MS = 200;

const KEPT = 16_384;
const SHOWN_LINES = 8;

export interface ServedCommandOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly orphans: Orphans;
  readonly readyLimitMs?: number;
}

/** A command of the user's in a process group of its own, with PORT in its environment. */
export class ServedProcess implements Companion {
  readonly process: ChildProcess;
  /** Resolves when its whole group is gone or was given up. */
  readonly exited: Promise<void>;
  readonly lost: Promise<Loss>;
  readonly #request: Serve;
  readonly #port: number;
  readonly #orphans: Orphans;
  readonly #readyLimitMs: number;
  readonly #leaderEnded: Promise<ProcessEnd>;
  #how: ProcessEnd | null = null;
  #output = '';
  #isEnding = false;
  #end: Promise<null> | undefined;
  #groupGone: () => void = () => {};

  /** @throws UsageError where somebody else is there already, who would be taken for it */
  static async start(request: Serve, options: ServedCommandOptions): Promise<ServedProcess> {
    await requireFree(request);
    return new ServedProcess(request, await freePort(), options);
  }

  private constructor(request: Serve, port: number, options: ServedCommandOptions) {
    const { env, orphans, readyLimitMs = READY_LIMIT_MS } = options;
    this.#request = request;
    this.#port = port;
    this.#orphans = orphans;
    this.#readyLimitMs = readyLimitMs;
    this.process = spawn(request.command, {
      shell: true,
      detached: true,
      env: { ...inheritedEnv(), ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    }
    this.#leaderEnded = this.#followLeader();
    this.exited = new Promise(resolve => {
      this.#groupGone = resolve;
    });
    this.lost = new Promise(resolve => {
      void this.#leaderEnded.then(how => {
        const { command } = request;
        if (!this.#isEnding) resolve({ code: 'serve-ended', command, ...how, output: this.#lastLines() });
      });
    });
  }

  /**
   * @returns its base URL, once it is ready
   * @throws UsageError when it ends before, or is not ready in time
   */
  async ready(): Promise<string> {
    const { command, ready } = this.#request;
    const deadlineMs = performance.now() + this.#readyLimitMs;
    const isOver = () => this.#how !== null || performance.now() > deadlineMs;
    const url = await untilReady(() => readyUrl(ready, this.#port, this.#output), isOver);
    // Somebody else may have been there first, and have made it end.
    if (url !== null && this.#how === null) return url;
    if (this.#how !== null) await this.#leaderEnded;
    throw new UsageError(
      'serve',
      `${this.#wanted()} from "${command}" within ${this.#readyLimitMs / 1_000} s`,
      this.#how === null ? 'none' : `one that ${processEndText(this.#how)}`,
      `${REMEDY} ${this.#lastOutput()}`,
    );
  }

  end(): Promise<null> {
    this.#end ??= this.#stop();
    return this.#end;
  }

  async #stop(): Promise<null> {
    const { pid } = this.process;
    this.#isEnding = true;
    if (pid !== undefined) {
      this.#orphans.ending(pid);
      killGroup(pid, 'SIGTERM');
      if (!(await isGone(pid, TERM_LIMIT_MS))) {
        killGroup(pid);
        await isGone(pid, KILL_LIMIT_MS);
      }
      await this.#leaderEnded;
      this.#orphans.ended(pid);
    }
    await this.#leaderEnded;
    this.#groupGone();
    return null;
  }

  async #followLeader(): Promise<ProcessEnd> {
    const child = this.process;
    const closed = once(child, 'close').catch(() => {});
    try {
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      this.#how = processEnd(code, signal, '');
    } catch (error) {
      this.#how = { exitCode: null, signal: null, outOfMemory: false, message: messageOf(error) };
    }
    // Whoever it has started may hold the pipe for good.
    await Promise.race([closed, sleep(LAST_OUTPUT_MS, null, { ref: false })]);
    return this.#how;
  }

  #wanted(): string {
    const { ready } = this.#request;
    switch (ready.kind) {
      case 'listening':
        return `a listener on PORT (${this.#port}), or a printed URL such as http://localhost:3000,`;
      case 'port':
        return `a listener on port ${ready.port}`;
      case 'url':
        return `an answer at ${ready.url}`;
      case 'text':
        return `the text "${ready.text}"`;
    }
  }

  #lastLines(): string[] {
    const lines = stripVTControlCharacters(this.#output)
      .split('\n')
      .map(line => line.replaceAll(/\p{Cc}/gu, ' ').trimEnd())
      .filter(line => line !== '');
    return lines.slice(-SHOWN_LINES);
  }

  #lastOutput(): string {
    const last = this.#lastLines();
    return last.length === 0
      ? 'It printed nothing.'
      : `It printed last:${last.map(line => `\n  ${line}`).join('')}`;
  }
}

const REMEDY = 'Say how it shows that it is ready by serveReady (--serve-ready): a text, a URL or a port.';

async function requireFree({ ready }: Serve): Promise<void> {
  const port = ready.kind === 'port' ? ready.port : ready.kind === 'url' ? portOf(new URL(ready.url)) : null;
  const taken = port === null ? null : await listenerOn(port);
  if (taken !== null)
    throw new UsageError(
      'serve',
      `nobody on port ${port} before the command listens there`,
      'another program that does',
      'End that one, or leave serve out if it is what you want to measure.',
    );
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isGone(pid: number, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_MS) {
    if (!isGroupAlive(pid)) return true;
    await sleep(POLL_MS);
  }
  return !isGroupAlive(pid);
}
