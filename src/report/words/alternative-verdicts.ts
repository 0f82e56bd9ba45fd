import type { ScenarioResult } from '../../schema/index.js';
import { byAlternative } from '../alternatives.js';
import { conclude } from './conclusion.js';

/** Threads or the loop, for each version or value in the order of the plan; null where that cannot be said of it. */
export function alternativeVerdicts(result: ScenarioResult): readonly (string | null)[] {
  const { state } = result.steadiness;
  const isUnsaid = result.validity === 'INVALID' || state === 'not warm' || state === 'no steady state';
  return byAlternative(result).map(one => {
    // The headline of all says once that it is of fresh processes.
    const { kind, headline } = conclude({ ...one, steadiness: { ...one.steadiness, state: 'as asked' } });
    return isUnsaid || kind === 'alone' || kind === 'nothing measured' ? null : headline;
  });
}
