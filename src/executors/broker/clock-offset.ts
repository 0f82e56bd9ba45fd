/** Four stamps of one question and its answer: two of the controller's clock around two of the worker's. */
export interface ClockExchange {
  readonly sentNs: number;
  readonly arrivedNs: number;
  readonly answeredNs: number;
  readonly receivedNs: number;
}

/** How far the clock of a worker is ahead of the controller's. */
export interface ClockReading {
  /** On the controller's clock: when it was so. */
  readonly atNs: number;
  readonly offsetNs: number;
  /** Half the round trip: so far off it is where one way takes no time at all. */
  readonly errorNs: number;
}

/** From the least of as many round trips: most are those of a broker, or a worker, that was busy. */
export const EXCHANGES = 16;
/** Quartz is off by a tenth of that at most; what is more was another clock, or one that was set. */
const MOST_DRIFT = 1e-3;

/** @returns null for fewer than `EXCHANGES` that are possible: what comes through a broker may be anything */
export function readClock(exchanges: readonly ClockExchange[]): ClockReading | null {
  const possible = exchanges.filter(isPossible);
  if (possible.length < EXCHANGES) return null;
  const best = possible.reduce((least, one) => (roundTripNs(one) < roundTripNs(least) ? one : least));
  const { sentNs, arrivedNs, answeredNs, receivedNs } = best;
  return {
    atNs: middle(sentNs, receivedNs),
    offsetNs: middle(arrivedNs - sentNs, answeredNs - receivedNs),
    errorNs: roundTripNs(best) / 2,
  };
}

function roundTripNs({ sentNs, arrivedNs, answeredNs, receivedNs }: ClockExchange): number {
  return receivedNs - sentNs - (answeredNs - arrivedNs);
}

function isPossible(exchange: ClockExchange): boolean {
  const { sentNs, arrivedNs, answeredNs, receivedNs } = exchange;
  const areStamps = [sentNs, arrivedNs, answeredNs, receivedNs].every(
    ns => ns >= 0 && ns <= Number.MAX_SAFE_INTEGER,
  );
  return areStamps && answeredNs >= arrivedNs && roundTripNs(exchange) >= 0;
}

function middle(a: number, b: number): number {
  return a + (b - a) / 2;
}

/**
 * What the clock of a worker gains on the controller's.
 *
 * @returns null where they cannot be of one clock that ran on
 */
export function driftBetween(before: ClockReading, after: ClockReading): number | null {
  const elapsedNs = after.atNs - before.atNs;
  const movedNs = after.offsetNs - before.offsetNs;
  const unsureNs = before.errorNs + after.errorNs;
  if (elapsedNs < 0 || Math.abs(movedNs) > unsureNs + MOST_DRIFT * elapsedNs) return null;
  // What is within the errors of both is no drift that anybody has seen.
  return elapsedNs === 0 || Math.abs(movedNs) <= unsureNs ? 0 : movedNs / elapsedNs;
}
