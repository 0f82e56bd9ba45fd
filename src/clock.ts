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

/** What the run needs of time, so that a test can script it. */
export interface Clock {
  nowMs(): number;
  /** The calendar's time, for names and records only. */
  date(): Date;
}

export const systemClock: Clock = { nowMs, date: () => new Date() };
