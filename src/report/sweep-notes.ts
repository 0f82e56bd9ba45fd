import type { ScenarioResult, ValidityState } from '../model.js';
import { axisValue } from './labels.js';
import { type Note, notesOf } from './notes.js';

const RANK: readonly ValidityState[] = ['VALID', 'WEAK', 'INVALID'];
/** Notes of many places can be many: all of them are in the results file. */
const MOST_NOTES = 6;

/** A sweep is worth what its worst point is. */
export function worstState(scenarios: readonly ScenarioResult[]): ValidityState {
  const states = scenarios.map(({ validity }) => validity.state);
  return RANK.findLast(state => states.includes(state))!;
}

/** Notes of all places; one that is the same at several is said once. */
export function noteSummary(scenarios: readonly ScenarioResult[]): Note[] {
  const byText = new Map<string, { note: Note; places: string[] }>();
  for (const scenario of scenarios) {
    for (const note of notesOf(scenario)) {
      const key = JSON.stringify(note);
      const seen = byText.get(key) ?? { note, places: [] };
      if (scenario.axis !== null) seen.places.push(axisValue(scenario.axis));
      byText.set(key, seen);
    }
  }
  const notes = [...byText.values()].map(({ note, places }) =>
    places.length === scenarios.length ? note : { ...note, text: `at ${places.join(', ')}: ${note.text}` },
  );
  if (notes.length <= MOST_NOTES) return notes;
  const rest = notes.length - MOST_NOTES + 1;
  return [
    ...notes.slice(0, MOST_NOTES - 1),
    { label: 'note', text: `${rest} more of these are in the results file` },
  ];
}
