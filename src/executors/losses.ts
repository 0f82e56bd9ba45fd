import { failedLoss, WorkerLost } from '../errors.js';
import type { Loss } from '../schema/index.js';

/** Some pools tell in many lines what they know. */
const LONGEST_MESSAGE = 120;

/** Why a worker was lost; a text: what the pool's library says of it, word for word. */
export type LossTold = Loss | string;

/**
 * The first loss of a worker ends all that wait, and all that come after.
 *
 * One waiter at a time, and no promise that lives as long as a trial: each race with such a one would leave 310 bytes
 * behind in it.
 */
export class Losses {
  /** Of the pool: whose words they are. */
  readonly #name: string;
  #lost: WorkerLost | null = null;
  #reject: (lost: WorkerLost) => void = () => {};

  constructor(name: string) {
    this.#name = name;
  }

  get lost(): WorkerLost | null {
    return this.#lost;
  }

  lose(told: LossTold): void {
    this.#lost ??= new WorkerLost(this.#lossOf(told));
    this.#reject(this.#lost);
  }

  #lossOf(told: LossTold): Loss {
    const loss = typeof told === 'string' ? failedLoss(told) : told;
    if (!('message' in loss) || loss.message === null) return loss;
    const message = loss.message.replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE);
    return loss.code === 'failed' ? { ...loss, by: this.#name, message } : { ...loss, message };
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
