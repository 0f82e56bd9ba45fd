import type { ScenarioResult, Validity } from '../../schema/index.js';
import { exactNumber, percent } from '../format.js';
import { axisValue, quoted } from './labels.js';
import { type Note, notesOf } from './notes.js';
import { precisionTakes } from './precision.js';

/** Notes of many places can be many: all of them are in the results file. */
const MOST_NOTES = 6;

/** A sweep is worth what its worst point is. */
export function worstState(scenarios: readonly ScenarioResult[]): Validity {
  const states = scenarios.map(({ validity }) => validity);
  return (['INVALID', 'WEAK'] as const).find(state => states.includes(state)) ?? 'VALID';
}

/** Notes of all places; one that is the same at several is said once, and a precision that was missed for all together. */
export function noteSummary(scenarios: readonly ScenarioResult[]): Note[] {
  const missed = missedPrecision(scenarios);
  const byText = new Map<string, { note: Note; places: string[] }>();
  for (const result of scenarios) {
    for (const note of notesOf(withoutPrecision(result))) {
      const key = JSON.stringify(note);
      const seen = byText.get(key) ?? { note, places: [] };
      if (result.scenario.axis !== null) seen.places.push(axisValue(result.scenario.axis));
      byText.set(key, seen);
    }
  }
  const notes = [...byText.values()].map(({ note, places }) =>
    places.length === scenarios.length ? note : { ...note, text: `at ${places.join(', ')}: ${note.text}` },
  );
  const room = MOST_NOTES - missed.length;
  if (notes.length <= room) return [...notes, ...missed];
  const text = `${notes.length - room + 1} more of these are in the results file`;
  return [...notes.slice(0, room - 1), { label: 'note', text }, ...missed];
}

function withoutPrecision(result: ScenarioResult): ScenarioResult {
  return { ...result, findings: result.findings.filter(({ code }) => code !== 'precision-missed') };
}

/** Places differ in their figures: each would have a line of its own. */
function missedPrecision(scenarios: readonly ScenarioResult[]): Note[] {
  const missed = scenarios.flatMap(({ findings, scenario: { axis } }) =>
    findings.flatMap(({ code, values }) => (code === 'precision-missed' ? [{ axis, ...values }] : [])),
  );
  if (missed.length === 0) return [];
  const { axis, wanted, widest } = missed.reduce((a, b) => (b.widest.halfWidth > a.widest.halfWidth ? b : a));
  // A command is one for all places.
  const neededMs = Math.max(...missed.map(({ budgetMsNeeded }) => budgetMsNeeded ?? 0)) * scenarios.length;
  const at = axis === null ? '' : ` at ${axisValue(axis)}`;
  const text = `the wanted precision of ±${exactNumber(100 * wanted)} % was missed at ${missed.length} of ${scenarios.length} places, the widest has ±${percent(widest.halfWidth)} (${quoted(widest.executor)} ÷ ${quoted(widest.baseline)}${at})${precisionTakes(neededMs)}`;
  return [{ label: 'note', text }];
}
