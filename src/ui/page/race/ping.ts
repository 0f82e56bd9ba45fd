import { firstAbove } from '../../../stats/timeline/search.js';
import type { Spells } from '../../../stats/timeline/trial.js';

/** A call on the main loop: from when it was sent, until the loop had a turn for it. */
interface Call {
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** What a bystander's calls on the loop of a trial waited, one after the other. */
export interface Pings {
  readonly calls: readonly Call[];
  /** `sentMs` of all: to find one by bisection. */
  readonly sentMs: Float64Array;
  /** Between an answer and the next call: so long the dot is on its way. */
  readonly wayMs: number;
}

/** Where the dot is. */
export interface PingState {
  /** From 0 to 1 on its way to the loop; 1: it is there. */
  readonly share: number;
  readonly isStuck: boolean;
  /** Of the call that is stuck, so far; else of the last one that was answered. */
  readonly waitedMs: number;
  readonly worstMs: number;
}

/**
 * Calls as often as the dot can be seen to travel. The loop answers at once, unless it is busy: then at the end of that spell.
 */
export function pingsOf({ fromMs, toMs }: Spells, wallMs: number, wayMs: number): Pings {
  const calls: Call[] = [];
  for (let sentMs = wayMs; sentMs <= wallMs; ) {
    const after = firstAbove(fromMs, sentMs, 0, fromMs.length);
    const answeredMs = after === 0 ? sentMs : Math.max(sentMs, toMs[after - 1]!);
    calls.push({ sentMs, answeredMs });
    sentMs = answeredMs + wayMs;
  }
  return { calls, sentMs: Float64Array.from(calls, call => call.sentMs), wayMs };
}

export function pingAt({ calls, sentMs, wayMs }: Pings, atMs: number): PingState {
  const next = firstAbove(sentMs, atMs, 0, sentMs.length);
  const last = calls[next - 1];
  const worstMs = calls
    .slice(0, next)
    .reduce((worst, call) => Math.max(worst, Math.min(atMs, call.answeredMs) - call.sentMs), 0);
  if (last === undefined) return { share: Math.min(1, atMs / wayMs), isStuck: false, waitedMs: 0, worstMs };
  if (atMs < last.answeredMs) return { share: 1, isStuck: true, waitedMs: atMs - last.sentMs, worstMs };
  const share = Math.min(1, (atMs - last.answeredMs) / wayMs);
  return { share, isStuck: false, waitedMs: last.answeredMs - last.sentMs, worstMs };
}
