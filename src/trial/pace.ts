import type { Ledger } from './ledger.js';

/** Time as the pacer needs it; a test scripts it. */
export interface PacerTime {
  /** Ms after the start of the trial; negative before it. */
  elapsedMs(): number;
  /** Blocks until then, or until the trial is aborted. */
  sleep(ms: number): void;
}

/**
 * Releases the tasks of a rate load as they become due, whatever becomes of them: an open load.
 *
 * It ends early when the trial is aborted, or when more than `maxBacklog` tasks are released and not ended: that many
 * are kept, no more.
 *
 * @returns whether the backlog reached its limit
 */
export function pace(ledger: Ledger, maxBacklog: number, time: PacerTime): boolean {
  const { tasks, arrivals } = ledger;
  const { dueMs, releasedMs } = arrivals;
  let released = 0;
  let overfull = false;
  while (released < tasks && !ledger.aborted && !overfull) {
    const nowMs = time.elapsedMs();
    if (dueMs[released]! > nowMs) {
      time.sleep(dueMs[released]! - nowMs);
      continue;
    }
    const room = maxBacklog + arrivals.ended;
    while (released < tasks && released < room && dueMs[released]! <= nowMs) releasedMs[released++] = nowMs;
    overfull = released >= room && released < tasks && dueMs[released]! <= nowMs;
    arrivals.releaseUpTo(released);
  }
  arrivals.close();
  return overfull;
}
