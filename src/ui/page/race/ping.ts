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
  /** What those before each have waited at most: frames ask for it sixty times a second. */
  readonly worstBeforeMs: Float64Array;
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
  const worstBeforeMs: number[] = [];
  let worstMs = 0;
  for (let sentMs = wayMs; sentMs <= wallMs; ) {
    const after = firstAbove(fromMs, sentMs, 0, fromMs.length);
    const answeredMs = after === 0 ? sentMs : Math.max(sentMs, toMs[after - 1]!);
    calls.push({ sentMs, answeredMs });
    worstBeforeMs.push(worstMs);
    worstMs = Math.max(worstMs, answeredMs - sentMs);
    sentMs = answeredMs + wayMs;
  }
  const sentMs = Float64Array.from(calls, call => call.sentMs);
  return { calls, sentMs, worstBeforeMs: Float64Array.from(worstBeforeMs), wayMs };
}

export function pingAt({ calls, sentMs, worstBeforeMs, wayMs }: Pings, atMs: number): PingState {
  const next = firstAbove(sentMs, atMs, 0, sentMs.length);
  const last = calls[next - 1];
  if (last === undefined)
    return { share: Math.min(1, atMs / wayMs), isStuck: false, waitedMs: 0, worstMs: 0 };
  const isStuck = atMs < last.answeredMs;
  const waitedMs = (isStuck ? atMs : last.answeredMs) - last.sentMs;
  const worstMs = Math.max(worstBeforeMs[next - 1]!, waitedMs);
  const share = isStuck ? 1 : Math.min(1, (atMs - last.answeredMs) / wayMs);
  return { share, isStuck, waitedMs, worstMs };
}
