import { nowMs } from '../../clock.js';

/** Most of them are those of a broker, or a client, that had to wake up first: the least is the way there and back. */
const QUESTIONS = 16;

/** @param ask the cheapest question that the broker answers */
export async function leastRoundTripMs(ask: () => Promise<unknown>, now = nowMs): Promise<number> {
  let leastMs = Number.POSITIVE_INFINITY;
  for (let question = 0; question < QUESTIONS; question++) {
    const askedMs = now();
    await ask();
    leastMs = Math.min(leastMs, now() - askedMs);
  }
  return leastMs;
}
