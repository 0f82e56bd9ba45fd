import type { ScenarioResult } from '../../schema/index.js';
import type { Note } from './notes.js';

const MARK = '*';

/** Marks figures of cold trials; explained below the tables. */
export function markIfCold(isCold: boolean, text: string): string {
  return isCold ? `${text}${MARK}` : text;
}

export const COLD = '* cold trials';

/** What the marks mean, if there are any. */
export function coldNotes(scenarios: readonly ScenarioResult[]): Note[] {
  const marked = scenarios.filter(({ executors }) => executors.some(({ coldOnly }) => coldOnly));
  if (marked.length === 0) return [];
  const isPlanned = marked.every(({ steadiness: { state } }) => state !== 'steady' && state !== 'as asked');
  const text = isPlanned
    ? 'the first in fresh processes, whose code V8 has yet to compile'
    : 'too slow for warm rounds; ratios to it compare cold with cold';
  return [{ label: COLD, text, mark: MARK }];
}

const FALLING = '↓';

/** Marks a figure that is not steady yet; explained below the tables. */
export function markIfFalling(isFalling: boolean, text: string): string {
  return isFalling ? `${text}${FALLING}` : text;
}

/** What the mark means, if there is one. */
export function settlingNotes(scenarios: readonly ScenarioResult[]): Note[] {
  if (!scenarios.some(({ executors }) => executors.some(({ cpuFalling }) => cpuFalling))) return [];
  const text = 'still falling when measuring ended: CPU time per task is at most that';
  return [{ label: FALLING, text, mark: FALLING }];
}
