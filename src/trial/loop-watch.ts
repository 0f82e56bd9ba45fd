import { nowMs } from '../clock.js';
import type { LoopDelay } from '../model.js';
import { quantile, sortSamples } from '../stats/quantile.js';

/** How often the bystander asks for the loop: costs about 0.05 % of a core. */
const INTERVAL_MS = 10;

/**
 * A bystander on the host's main loop: a timer that notes how late it came.
 *
 * Our own instead of `monitorEventLoopDelay`: that one loses a block that follows its `enable()` or `reset()`, so it
 * would have to run between trials, and its samples could not be cut into trials. Between trials this one is off:
 * an idle host costs nothing.
 */
export class LoopWatch {
  readonly #delaysMs: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #lastMs = nowMs();
  #onTick: (() => void) | null = null;

  /** Starts to watch: the trial begins now. */
  constructor() {
    this.#timer = setInterval(() => this.#tick(), INTERVAL_MS);
  }

  /** Ends the watch, after one more tick: a block up to the end of the trial shows in that. */
  async end(wallMs: number, utilization: number): Promise<LoopDelay> {
    await new Promise<void>(resolve => {
      this.#onTick = resolve;
    });
    clearInterval(this.#timer);
    const sumOfSquares = this.#delaysMs.reduce((sum, delay) => sum + delay * delay, 0);
    const sorted = sortSamples(Float64Array.from(this.#delaysMs));
    return {
      utilization,
      // Somebody who comes at a random time hits a gap with probability gap ÷ wall and then waits half of it.
      meanWaitMs: sumOfSquares / 2 / wallMs,
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      maxMs: quantile(sorted, 1),
    };
  }

  #tick(): void {
    const now = nowMs();
    this.#delaysMs.push(Math.max(0, now - this.#lastMs - INTERVAL_MS));
    this.#lastMs = now;
    this.#onTick?.();
  }
}
