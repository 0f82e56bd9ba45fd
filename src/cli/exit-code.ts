import type { Report, ScenarioResult } from '../schema/index.js';
import type { InterruptCode } from './interrupt.js';

/**
 * Main's ranking: 130 or 143 interrupted, (2 usage, never a report's), 3 measurement invalid, 1 a trial lost, 0 done.
 *
 * A scenario that lost everything is INVALID too, as it has no figures; what ended it is the loss, and the code says that.
 */
export function exitCodeOf(
  { interrupted, scenarios }: Report,
  interruptCode: InterruptCode = 130,
): 0 | 1 | 3 | InterruptCode {
  if (interrupted) return interruptCode;
  const invalid = scenarios.filter(({ validity }) => validity === 'INVALID');
  if (invalid.some(result => !isLost(result) || hasTrials(result))) return 3;
  return scenarios.some(isLost) ? 1 : 0;
}

function isLost({ stoppedBy, executors }: ScenarioResult): boolean {
  return stoppedBy === 'lost' || executors.some(({ lostTrials }) => lostTrials > 0);
}

/** Any that was measured, whether or not it counts. */
function hasTrials({ executors }: ScenarioResult): boolean {
  return executors.some(
    ({ rounds, trials }) => rounds > 0 || trials.some(({ state }) => state === 'measured'),
  );
}
