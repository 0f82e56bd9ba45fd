import type { Loss, LossOf } from '../schema/index.js';

/** A worker of a pool, a thread or a process, as far as its end is concerned. */
export interface Ending {
  once(event: 'exit', listener: (code: number | null, signal?: string | null) => void): unknown;
}

/** One that its pool does not number. @param how unknown where its pool does not tell */
export function workerEnded(
  worker: LossOf<'worker-ended'>['worker'],
  how: Pick<LossOf<'worker-ended'>, 'exitCode' | 'signal'> = { exitCode: null, signal: null },
): LossOf<'worker-ended'> {
  return { code: 'worker-ended', worker, number: null, host: null, ...how };
}

/** Watches for the ends of workers that a pool would pass over in silence. */
export class WorkerExits {
  readonly #left = new Set<Ending>();
  readonly #lose: (loss: Loss) => void;
  #closing = false;
  #gone: () => void = () => {};

  constructor(lose: (loss: Loss) => void) {
    this.#lose = lose;
  }

  watch(worker: Ending, kind: LossOf<'worker-ended'>['worker']): void {
    this.#left.add(worker);
    worker.once('exit', (exitCode, signal = null) => {
      this.#left.delete(worker);
      if (!this.#closing) this.#lose(workerEnded(kind, { exitCode, signal }));
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
