import { nowMs } from '../../clock.js';
import { WorkerLost } from '../../errors.js';

/** One that answers nothing for so long is as good as gone. */
export const ANSWER_LIMIT_MS = 30_000;
/** One that is as slow for a moment is not as it was when it was found, and that is in the figures. */
const SLOW_MS = 1_000;

/** Where the longest that it took is remembered, if it was slow. */
export interface SlowestAnswer {
  slowestAnswerMs: number;
}

export interface BrokerWatchOptions {
  /** A small write, as the trial makes many. */
  readonly write: () => Promise<unknown>;
  readonly slowest: SlowestAnswer;
  /** What was added to each round trip, ms. */
  readonly rttMs?: number;
  readonly now?: () => number;
}

/**
 * Looks whether a broker still takes what is written to it, and how soon it answers: a worker whose result is refused can tell
 * nobody, since all that it says goes through the broker.
 */
export class BrokerWatch {
  readonly #options: BrokerWatchOptions;
  #askedMs: number | null = null;

  constructor(options: BrokerWatchOptions) {
    this.#options = options;
  }

  /** @throws Error where it refuses (it is full, or read-only) @throws WorkerLost where it has answered nothing for too long */
  async look(): Promise<void> {
    const { write, now = nowMs } = this.#options;
    if (this.#askedMs !== null) {
      this.#notice(now() - this.#askedMs);
      if (now() - this.#askedMs < ANSWER_LIMIT_MS) return;
      throw new WorkerLost({ code: 'broker-silent', limitMs: ANSWER_LIMIT_MS });
    }
    const askedMs = now();
    this.#askedMs = askedMs;
    await write();
    this.#notice(now() - askedMs);
    this.#askedMs = null;
  }

  #notice(tookMs: number): void {
    const { slowest, rttMs = 0 } = this.#options;
    if (tookMs > SLOW_MS + rttMs) slowest.slowestAnswerMs = Math.max(slowest.slowestAnswerMs, tookMs);
  }
}
