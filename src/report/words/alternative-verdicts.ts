import type { ScenarioResult } from '../../schema/index.js';
import { byAlternative } from '../alternatives.js';
import { conclude } from './conclusion.js';

/** Threads or the loop, for each version or value in the order of the plan; null where that cannot be said of it. */
export function alternativeVerdicts(result: ScenarioResult): readonly (string | null)[] {
  const unsaid = result.validity === 'INVALID' || isUnsaid(result);
  return byAlternative(result).map(one => {
    // The headline of all says once that it is of fresh processes.
    const { kind, headline } = conclude({ ...one, steadiness: { ...one.steadiness, state: 'as asked' } });
    return unsaid || kind === 'alone' || kind === 'nothing measured' ? null : headline;
  });
}

/** Its isolates were not warm, which the headline of all says: no version has a verdict of its own. */
export function isUnsaid({ steadiness: { state } }: ScenarioResult): boolean {
  return state === 'not warm' || state === 'no steady state';
}
