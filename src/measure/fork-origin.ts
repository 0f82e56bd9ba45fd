import { WorkerLost } from '../errors.js';
import type { Launcher, Origin } from '../hosts/launcher.js';
import type { OriginCounters, OriginSettings } from '../schema/index.js';

/** The origin of a fork, or none: replaced under the same address when it has died, so that hosts need not know. */
export class ForkOrigin implements AsyncDisposable {
  /** Null: the fork needs none. */
  readonly #start: ((port: number) => Promise<Origin>) | null;
  #origin: Origin | null = null;

  constructor(settings: OriginSettings | null, seed: number, launcher: Launcher) {
    this.#start = settings && (port => launcher.startOrigin(settings, seed, port));
  }

  get url(): string | null {
    return this.#origin?.url ?? null;
  }

  /** Starts it, or another in the place of one that died; otherwise does nothing. */
  async ensure(): Promise<void> {
    if (this.#start === null || this.#origin?.lost === null) return;
    const port = this.#origin?.port ?? 0;
    await this.#origin?.[Symbol.asyncDispose]();
    this.#origin = await this.#start(port);
  }

  /**
   * Tells it that a trial begins, started anew if it has died: what it does at random follows from the salt.
   *
   * @throws WorkerLost when it dies meanwhile
   */
  async begin(salt: number): Promise<void> {
    await this.ensure();
    await this.#ask(origin => origin.begin(salt));
  }

  /**
   * What it counted since the trial began; null where there is none.
   *
   * @throws WorkerLost when it died meanwhile
   */
  async counters(): Promise<OriginCounters | null> {
    return this.#ask(origin => origin.counters());
  }

  async #ask<T>(question: (origin: Origin) => Promise<T>): Promise<T | null> {
    if (this.#origin === null) return null;
    try {
      return await question(this.#origin);
    } catch {
      throw new WorkerLost(this.#origin.lost ?? { code: 'no-answer', process: 'origin' });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#origin?.[Symbol.asyncDispose]();
  }
}
