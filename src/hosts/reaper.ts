import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entry.js';
import { killGroup } from '../kill-group.js';
import { inheritedEnv } from './child.js';

/** A process that must not outlive the CLI. */
export interface WatchedProcess {
  readonly process: ChildProcess;
  /** Resolves when it is gone; never rejects. */
  readonly exited: Promise<unknown>;
  /** What it is to end by; left out: SIGKILL. */
  readonly endSignal?: NodeJS.Signals | undefined;
}

/** One line of JSON each. */
export type ToReaper =
  | { readonly pid: number; readonly alive: boolean; readonly endSignal?: NodeJS.Signals }
  /** To be removed when all are ended. */
  | { readonly folder: string; readonly repository?: string };

/**
 * Watches over the children of a run, so that none outlives the CLI however that ends.
 *
 * It is told by its stdin, not by messages: a pipe keeps what was written until it is read, and its end too. Messages and the
 * disconnection are lost when the CLI is killed while the reaper still loads.
 */
export class Reaper implements AsyncDisposable {
  readonly #process: ChildProcess = spawn(process.execPath, [fileURLToPath(entryUrl('reaper'))], {
    // Ctrl-C and what ends the CLI's group must not end it.
    detached: true,
    env: inheritedEnv(),
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });

  readonly #gone: Promise<unknown>;

  constructor() {
    // One that could not be started, or is gone, is no reason to end a run.
    this.#gone = once(this.#process, 'exit').catch(() => {});
    this.#stdin?.on('error', () => {});
    // It is there for the CLI, not the CLI for it.
    this.#process.unref();
    this.#stdin?.unref();
  }

  /** A socket, which the types of a child's streams do not say; none if the process could not be started. */
  get #stdin(): Socket | null | undefined {
    return this.#process.stdin as Socket | null | undefined;
  }

  watch(child: WatchedProcess): void {
    const { pid } = child.process;
    if (pid === undefined) return;
    const { endSignal } = child;
    this.#tell({ pid, alive: true, ...(endSignal !== undefined && { endSignal }) });
    void child.exited.then(() => this.#tell({ pid, alive: false }));
  }

  /** @param repository that the folder has a work tree of */
  watchFolder(folder: string, repository?: string): void {
    this.#tell({ folder, ...(repository !== undefined && { repository }) });
  }

  #tell(message: ToReaper): void {
    if (this.#stdin?.writable) this.#stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Only when all others have ended: whom it still watches would be left alone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.ref();
    killGroup(this.#process.pid);
    await this.#gone;
  }
}
