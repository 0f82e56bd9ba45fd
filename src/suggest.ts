import { distance } from 'fastest-levenshtein';
import { UsageError } from './errors.js';

const MAX_EDITS = 3;
/** Below this share of equal letters a suggestion puzzles more than it helps. */
const MIN_SIMILARITY = 0.4;

/** The candidate that was probably meant: same but for case, begun and not finished, or a few letters off. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  if (typed === '') return undefined;
  const begun = candidates.filter(candidate => candidate.toLowerCase().startsWith(typed));
  if (begun.length === 1) return begun[0];
  let best: string | undefined;
  let fewest = MAX_EDITS + 1;
  for (const candidate of candidates) {
    const edits = distance(typed, candidate.toLowerCase());
    const similarity = 1 - edits / Math.max(typed.length, candidate.length);
    if (edits < fewest && similarity > MIN_SIMILARITY) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}

/** @param remedy where to look when nothing is close, a sentence */
export function unknownName(
  subject: string,
  name: string,
  candidates: readonly string[],
  remedy: string,
): UsageError {
  const expected = candidates.length === 0 ? 'nothing' : `one of ${candidates.join(', ')}`;
  const meant = closest(name, candidates);
  return new UsageError(subject, expected, describe(name), meant === undefined ? remedy : { meant });
}

/**
 * @param remedy as for `unknownName`
 * @throws UsageError for the first name that is none of those known
 */
export function requireKnown(
  subject: string,
  names: readonly string[],
  known: readonly string[],
  remedy: string,
): void {
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined) throw unknownName(subject, unknown, known, remedy);
}

/** A value as messages show it; quoting makes control characters in it harmless. */
export function describe(value: unknown): string {
  if (value === undefined || value === '') return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number') return String(value);
  return JSON.stringify(value) ?? String(value);
}
