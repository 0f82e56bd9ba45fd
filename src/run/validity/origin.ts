import type { ExecutorResult, OriginCounters } from '../../model.js';
import { counted, percent } from './evidence.js';
import type { Finding } from './shared.js';

/** Past this share of its loop or of a core the origin, not the executor, is what is measured. */
const SATURATED = 0.9;

export function originFindings(executor: ExecutorResult): Finding[] {
  const counters = counted(executor)
    .map(trial => trial.origin)
    .filter(origin => origin !== null);
  return [
    ...saturation(executor.id, counters, 'its loop was busy', ({ loopUtilization }) => loopUtilization),
    ...saturation(executor.id, counters, 'it used a core', ({ cpuMs, elapsedMs }) =>
      elapsedMs > 0 ? cpuMs / elapsedMs : 0,
    ),
    // One of the two says it all.
  ].slice(0, 1);
}

/** One late timer in a short trial is no saturation: half of the trials are. */
function saturation(
  id: string,
  counters: readonly OriginCounters[],
  what: string,
  shareOf: (counters: OriginCounters) => number,
): Finding[] {
  const shares = counters.map(shareOf).filter(share => share > SATURATED);
  if (shares.length * 2 <= counters.length) return [];
  const most = Math.max(...shares);
  return [
    {
      rule: 'origin saturated',
      executor: id,
      size: most,
      say: ({ names, upTo }) =>
        `origin saturated: ${what} ${upTo}${percent(most)} of the time under ${names}, at most ${percent(SATURATED)} allowed; give it longer waits or fewer in flight`,
    },
  ];
}
