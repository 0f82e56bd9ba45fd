/** Rings once after each `set`, at that time or a little later. It is set again only when it has rung. */
export interface Alarm {
  set(atMs: number): void;
}

interface Held {
  readonly dueMs: number;
  readonly act: () => void;
}

export interface DelayLineOptions {
  readonly delayMs: number;
  readonly nowMs: () => number;
  /** Whose ring calls `ring`. */
  readonly alarm: Alarm;
}

/** What is due so soon is not waited for: to be woken takes longer, and costs more than all else here. */
const SOON_MS = 0.1;

/** Does what it is given a fixed time later, in the order in which it came. All have the same delay: the first is due first. */
export class DelayLine {
  readonly #options: DelayLineOptions;
  #held: Held[] = [];

  constructor(options: DelayLineOptions) {
    this.#options = options;
  }

  hold(act: () => void): void {
    const { nowMs, delayMs, alarm } = this.#options;
    const dueMs = nowMs() + delayMs;
    this.#held.push({ dueMs, act });
    if (this.#held.length === 1) alarm.set(dueMs);
  }

  ring(): void {
    const { nowMs, alarm } = this.#options;
    const untilMs = nowMs() + SOON_MS;
    const firstLater = this.#held.findIndex(({ dueMs }) => dueMs > untilMs);
    const due = firstLater === -1 ? this.#held : this.#held.slice(0, firstLater);
    this.#held = firstLater === -1 ? [] : this.#held.slice(firstLater);
    const next = this.#held[0];
    if (next !== undefined) alarm.set(next.dueMs);
    for (const { act } of due) act();
  }
}
