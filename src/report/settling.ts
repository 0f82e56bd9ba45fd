import type { ScenarioResult } from '../schema/index.js';
import type { Note } from './notes.js';

const MARK = '↓';

/** Marks a figure that is not steady yet; explained below the tables. */
export function markIfFalling(isFalling: boolean, text: string): string {
  return isFalling ? `${text}${MARK}` : text;
}

/** What the mark means, if there is one. */
export function settlingNotes(scenarios: readonly ScenarioResult[]): Note[] {
  if (!scenarios.some(({ executors }) => executors.some(({ cpuFalling }) => cpuFalling))) return [];
  return [{ label: MARK, text: 'still falling when measuring ended: CPU time per task is at most that' }];
}
