/**
 * The only reader of real time.
 *
 * All stamps come from the monotonic clock that every thread and process of a machine shares;
 * `performance.now()` has another zero in each thread.
 */

/** Nanoseconds on the monotonic clock of the machine. */
export const nowNs: () => bigint = process.hrtime.bigint;

/** Milliseconds on the same clock. */
export function nowMs(): number {
  return Number(nowNs()) / 1e6;
}

export function elapsedMs(sinceNs: bigint): number {
  return Number(nowNs() - sinceNs) / 1e6;
}

/** Smallest step that the clock is seen to make: its resolution, or what reading it costs where that is more. */
export function clockResolutionNs(): number {
  let smallestNs = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 1_000; step++) {
    const before = nowNs();
    let after = nowNs();
    while (after === before) after = nowNs();
    smallestNs = Math.min(smallestNs, Number(after - before));
  }
  return smallestNs;
}

/** What the run needs of time, so that a test can script it. */
export interface Clock {
  nowMs(): number;
  /** The calendar's time, for names and records only. */
  date(): Date;
}

export const systemClock: Clock = { nowMs, date: () => new Date() };
