import type { ScenarioResult } from '../schema/index.js';
import type { Note } from './notes.js';

/** Marks figures of cold trials; explained below the tables. */
export function markIfCold(isCold: boolean, text: string): string {
  return isCold ? `${text}*` : text;
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
  return [{ label: COLD, text }];
}
