import type { Report } from '../model.js';
import type { InterruptCode } from './interrupt.js';

/** Main's ranking: 130 or 143 interrupted, (2 usage, never a report's), 3 measurement invalid, 1 a trial lost, 0 done. */
export function exitCodeOf(
  { interrupted, scenarios }: Report,
  interruptCode: InterruptCode = 130,
): 0 | 1 | 3 | InterruptCode {
  if (interrupted) return interruptCode;
  if (scenarios.some(({ validity }) => validity.state === 'INVALID')) return 3;
  const lost = scenarios.some(
    ({ stoppedBy, executors }) => stoppedBy === 'lost' || executors.some(({ lostTrials }) => lostTrials > 0),
  );
  return lost ? 1 : 0;
}
