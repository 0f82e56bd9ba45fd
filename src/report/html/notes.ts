import type { NoteView } from '../view/types.js';
import { codeBlock } from './code-block.js';
import { type Content, element, type Markup } from './markup.js';
import { sentence } from './sentence.js';

/** Where a code is explained. */
export function explanationId(code: string): string {
  return `finding-${code}`;
}

/** What restricts the figures, and what to run. */
export function noteList(notes: readonly NoteView[]): Markup | null {
  if (notes.length === 0) return null;
  return element(
    'ul',
    { class: 'notes' },
    notes.map(note => element('li', { class: classOf(note) }, contentOf(note))),
  );
}

function classOf({ tone }: NoteView): string | null {
  return tone === 'WEAK' || tone === 'INVALID' ? tone.toLowerCase() : null;
}

/** A line ends between words, not at a hyphen of a flag. */
function wordsOf(words: readonly string[]): Content {
  return words.map((word, at) => [at === 0 ? null : ' ', element('span', {}, word)]);
}

function contentOf({ label, text, code, words }: NoteView): Content {
  if (words !== undefined) return [element('b', {}, label), codeBlock(wordsOf(words))];
  const link = element('a', { href: `#${explanationId(code ?? '')}` }, element('code', {}, code ?? ''));
  return [element('b', {}, label), ' ', sentence(text), code === undefined ? null : [' ', link]];
}
