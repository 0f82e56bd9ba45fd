import { COLD } from '../words/marks.js';
import type { Note } from '../words/notes.js';
import type { NoteView, Tone } from './types.js';

/** Of other labels WEAK. */
const TONES = new Map<string, Tone>([
  ['invalid', 'INVALID'],
  ['lost', 'INVALID'],
  ['failed', 'INVALID'],
  ['note', 'quiet'],
  ['scaling', 'quiet'],
  ['broker', 'quiet'],
  ['expected', 'quiet'],
  [COLD, 'quiet'],
]);

export function noteView(note: Note): NoteView {
  return { ...note, tone: note.words === undefined ? (TONES.get(note.label) ?? 'WEAK') : 'strong' };
}
