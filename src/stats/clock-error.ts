import type { Distribution } from '../schema/index.js';

/** Below that nobody looks: it is what timers and messages are late by anyway. */
const TOLERATED_MS = 1;
/** Of the time itself. */
const TOLERATED_SHARE = 0.1;

/** Whether a time between two clocks may be told, of which one may be wrong by so much; null: by nobody knows how much. */
export function isKnown(ms: number, errorMs: number | null): boolean {
  if (errorMs === null) return false;
  return errorMs <= TOLERATED_MS || errorMs <= TOLERATED_SHARE * ms;
}

/** The same without what the error of the clocks could have made. */
export function withoutUnknown(distribution: Distribution, errorMs: number | null): Distribution {
  const known = (ms: number | null) => (ms !== null && isKnown(ms, errorMs) ? ms : null);
  const { min, mean, p50, p90, p99, p999, max } = distribution;
  return {
    ...distribution,
    min: known(min),
    mean: known(mean),
    p50: known(p50),
    p90: known(p90),
    p99: known(p99),
    p999: known(p999),
    max: known(max),
  };
}
