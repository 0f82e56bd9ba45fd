import type { Report } from '../model.js';

/** Main's ranking: 130 interrupted, (2 usage, never a report's), 3 measurement invalid, 1 a trial lost, 0 done. */
export function exitCodeOf({ interrupted, scenarios }: Report): 0 | 1 | 3 | 130 {
  if (interrupted) return 130;
  if (scenarios.some(({ validity }) => validity.state === 'INVALID')) return 3;
  const lost = scenarios.some(
    ({ stoppedBy, executors }) => stoppedBy === 'lost' || executors.some(({ lostTrials }) => lostTrials > 0),
  );
  return lost ? 1 : 0;
}
