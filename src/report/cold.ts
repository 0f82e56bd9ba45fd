import type { ScenarioResult } from '../model.js';
import type { Note } from './notes.js';

/** Marks figures of cold trials; explained below the tables. */
export function markIfCold(isCold: boolean, text: string): string {
  return isCold ? `${text}*` : text;
}

export const COLD = '* cold trials';

/** What the marks mean, if there are any. */
export function coldNotes(scenarios: readonly ScenarioResult[]): Note[] {
  if (!scenarios.some(({ executors }) => executors.some(({ coldOnly }) => coldOnly))) return [];
  const text = 'too slow for warm rounds; ratios to it compare cold with cold';
  return [{ label: COLD, text }];
}
