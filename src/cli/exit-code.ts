import type { GateVerdict, Report, ScenarioResult } from '../schema/index.js';
import type { InterruptCode } from './interrupt.js';

/** 130 or 143 interrupted, 2 usage, 3 measurement invalid, 1 a trial lost or a gate failed, 4 a gate undecided, 0 done. */
const RANKING: readonly number[] = [130, 143, 2, 3, 1, 4, 0];

/** The one that ranks first. */
export function gravest(...codes: readonly number[]): number {
  return RANKING.find(code => codes.includes(code)) ?? 0;
}

/** Of what gates say. */
export function gateCodeOf(gates: readonly GateVerdict[]): 0 | 1 | 4 {
  if (gates.some(({ outcome }) => outcome === 'fails')) return 1;
  return gates.some(({ outcome }) => outcome === 'undecided') ? 4 : 0;
}

/**
 * Of what was measured, by the ranking.
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
