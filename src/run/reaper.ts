import type { Socket } from 'node:net';
import { type Child, forkEntry } from './child.js';

export type ToReaper =
  | { readonly pid: number; readonly alive: boolean }
  /** To be removed when all are ended. */
  | { readonly folder: string };

/** Watches over the children of a run, so that none outlives the CLI however that ends. */
export class Reaper implements AsyncDisposable {
  readonly #child: Child = forkEntry('reaper');

  constructor() {
    // It is there for the CLI, not the CLI for it.
    this.#child.process.unref();
    this.#child.process.channel?.unref();
    this.#stderr?.unref();
  }

  /** A pipe, which the types of a child's streams do not say. */
  get #stderr(): Socket | null {
    return this.#child.process.stderr as Socket | null;
  }

  watch(child: Child): void {
    const { pid } = child.process;
    if (pid === undefined) return;
    this.#send({ pid, alive: true });
    void child.exited.then(() => this.#send({ pid, alive: false }));
  }

  watchFolder(folder: string): void {
    this.#send({ folder });
  }

  #send(message: ToReaper): void {
    if (this.#child.process.connected) this.#child.process.send(message, () => {});
  }

  /** Only when all others have ended: whom it still watches would be left alone. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#child.process.ref();
    this.#stderr?.ref();
    return this.#child.kill();
  }
}
