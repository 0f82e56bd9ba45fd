/** A worker of a pool, a thread or a process, as far as its end is concerned. */
export interface Ending {
  once(event: 'exit', listener: (code: number | null, signal?: string | null) => void): unknown;
}

/** Watches for the ends of workers that a pool would pass over in silence. */
export class WorkerExits {
  readonly #left = new Set<Ending>();
  readonly #lose: (reason: string) => void;
  #closing = false;
  #gone: () => void = () => {};

  constructor(lose: (reason: string) => void) {
    this.#lose = lose;
  }

  watch(worker: Ending, what: string): void {
    this.#left.add(worker);
    worker.once('exit', (code, signal) => {
      this.#left.delete(worker);
      const how = code === null ? `was killed by ${signal}` : `exited with code ${code}`;
      if (!this.#closing) this.#lose(`${what} ${how}`);
      if (this.#left.size === 0) this.#gone();
    });
  }

  /** Ends the pool; resolves when all that were watched are gone. (Pools wait in vain for those that were gone before.) */
  async close(end: () => Promise<unknown>): Promise<void> {
    this.#closing = true;
    const gone = new Promise<void>(resolve => {
      this.#gone = resolve;
      if (this.#left.size === 0) resolve();
    });
    end().catch(() => {});
    await gone;
  }
}
