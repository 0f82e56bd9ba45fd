import type { OriginSettings } from '../schema/index.js';

type Pauses = Pick<OriginSettings, 'pauseMs' | 'pauseEveryMs'>;

/**
 * From a request's arrival to its answer, ms, in an origin that stops altogether now and then, as one does that collects
 * garbage: what arrives in a pause begins at its end, and what would be answered in one is answered at its end.
 *
 * @param arrivedMs since the origin was started: a pause is at the beginning of each period
 * @param delayMs without pauses
 */
export function delayWithPauses(pauses: Pauses, arrivedMs: number, delayMs: number): number {
  if (pauses.pauseMs === 0) return delayMs;
  const begunMs = afterPause(pauses, arrivedMs);
  return afterPause(pauses, begunMs + delayMs) - arrivedMs;
}

function afterPause({ pauseMs, pauseEveryMs }: Pauses, atMs: number): number {
  const intoPeriodMs = atMs % pauseEveryMs;
  return intoPeriodMs < pauseMs ? atMs - intoPeriodMs + pauseMs : atMs;
}
