/** A lock that is not renewed for so long is one of a worker that is gone; jobs are looked through as often. */
export const SHORTEST_LOCK_MS = 5_000;
const LOCK_PER_P99 = 4;
/** Service times that are remembered: the p99 of as many is what decides. */
const REMEMBERED = 4_096;

/** How long a task may be held without a sign of life, from how long tasks have taken. */
export class LockInterval {
  readonly #durationsMs: number[] = [];
  #next = 0;
  #lockMs: number;

  constructor(shortestMs = SHORTEST_LOCK_MS) {
    this.#lockMs = shortestMs;
  }

  /** Of one that has ended. */
  add(durationMs: number): void {
    this.#durationsMs[this.#next] = durationMs;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  /** For a trial that begins: never less than for the one before. */
  next(): number {
    const sorted = Float64Array.from(this.#durationsMs).sort();
    const p99Ms = sorted[Math.ceil(0.99 * sorted.length) - 1] ?? 0;
    this.#lockMs = Math.max(this.#lockMs, Math.ceil(LOCK_PER_P99 * p99Ms));
    return this.#lockMs;
  }
}

/** Streams' ids are `milliseconds-number`. @returns the one that comes next; null for what is none */
export function nextStreamId(id: string): string | null {
  const [, ms, number] = /^(\d{1,16})-(\d{1,15})$/.exec(id) ?? [];
  return ms === undefined ? null : `${ms}-${Number(number) + 1}`;
}
