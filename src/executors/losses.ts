import { WorkerLost } from '../errors.js';

/** Some pools tell in many lines what they know. */
const LONGEST_REASON = 120;

/**
 * The first loss of a worker ends all that wait, and all that come after.
 *
 * One waiter at a time, and no promise that lives as long as a trial: each race with such a one would leave 310 bytes
 * behind in it.
 */
export class Losses {
  readonly #name: string;
  #lost: WorkerLost | null = null;
  #reject: (lost: WorkerLost) => void = () => {};

  constructor(name: string) {
    this.#name = name;
  }

  get lost(): WorkerLost | null {
    return this.#lost;
  }

  lose(reason: string): void {
    const line = reason.replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
    this.#lost ??= new WorkerLost(`${this.#name}: ${line}`);
    this.#reject(this.#lost);
  }

  /** As what is begun here; rejects with the loss, if that comes first. */
  rejectOnLoss<T>(begin: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#reject = reject;
      if (this.#lost === null) begin().then(resolve, reject);
      else reject(this.#lost);
    });
  }
}
