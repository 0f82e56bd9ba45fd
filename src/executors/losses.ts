import { WorkerLost } from '../errors.js';

/** Some pools tell in many lines what they know. */
const LONGEST_REASON = 120;

/** The first loss of a worker ends all that wait, and all that come after. */
export class Losses {
  readonly #name: string;
  #lost: WorkerLost | null = null;
  #tell: (lost: WorkerLost) => void = () => {};

  constructor(name: string) {
    this.#name = name;
  }

  get lost(): WorkerLost | null {
    return this.#lost;
  }

  lose(reason: string): void {
    const line = reason.replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
    this.#lost ??= new WorkerLost(`${this.#name}: ${line}`);
    this.#tell(this.#lost);
  }

  /** Rejects with the loss, whenever it comes. */
  next(): Promise<never> {
    const lost = new Promise<never>((_, reject) => {
      this.#tell = reject;
      if (this.#lost !== null) reject(this.#lost);
    });
    lost.catch(() => {});
    return lost;
  }
}
