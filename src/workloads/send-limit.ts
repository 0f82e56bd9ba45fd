import { nowMs } from '../clock.js';
import type { TaskSignal } from './task-signal.js';

/**
 * Lets requests go at a rate, evenly: each has a place in a schedule of absolute times, so that late timers do not add up.
 * What was not used in time is not made up for.
 */
export class SendLimit {
  readonly #intervalMs: number;
  readonly #nowMs: () => number;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number, now: () => number = nowMs) {
    this.#intervalMs = 1_000 / perSecond;
    this.#nowMs = now;
  }

  /** Resolves when the next request may be sent. @throws the signal's reason after an abort */
  async turn(signal: TaskSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.#nowMs();
    const at = Math.max(now, this.#nextMs);
    this.#nextMs = at + this.#intervalMs;
    if (at > now) await pause(Math.ceil(at - now), signal);
  }
}

function pause(ms: number, signal: TaskSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.off('abort', onAbort);
      resolve();
    }, ms);
    signal.once('abort', onAbort);
  });
}
