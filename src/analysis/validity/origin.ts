import type { ExecutorResult, MeasuredTrial } from '../../schema/index.js';
import { counted } from './evidence.js';
import { type Found, found } from './together.js';

/** Past this share of its loop or of a core the origin, not the executor, is what is measured. */
const SATURATED = 0.9;

/** A trial in which the origin counted, and what it counted. */
type Served = MeasuredTrial & { readonly origin: NonNullable<MeasuredTrial['origin']> };

export function originFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor).filter((trial): trial is Served => trial.origin !== null);
  return [
    ...saturation(executor.variant.id, trials, 'loop', ({ loopActiveMs }) => loopActiveMs),
    ...saturation(executor.variant.id, trials, 'cpu', ({ cpuMs }) => cpuMs),
    // One of the two says it all.
  ].slice(0, 1);
}

/** One late timer in a short trial is no saturation: half of the trials are. */
function saturation(
  id: string,
  trials: readonly Served[],
  by: 'loop' | 'cpu',
  busyMs: (counters: Served['origin']) => number,
): Found[] {
  // Of the trial's own time: between its two readings the origin also waits for the host to begin and to tell.
  const shares = trials
    .map(({ origin, wallMs }) => (wallMs > 0 ? busyMs(origin) / wallMs : 0))
    .filter(share => share > SATURATED);
  if (shares.length * 2 <= trials.length) return [];
  // What it does before and after a trial can make it a little more than all of a short one.
  const busyShare = Math.min(1, Math.max(...shares));
  const values = { by, busyShare, allowedShare: SATURATED };
  return [found('origin-saturated', 'invalid', id, values, busyShare)];
}
