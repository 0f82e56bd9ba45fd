import type { Validity } from '../../schema/index.js';
import { padEnd, truncate, widthOf, wrap, wrapAfter } from '../text.js';
import type { NoteView } from '../view/types.js';
import type { Paint } from './paint.js';

/** What every block of the terminal report is laid out with. */
export interface Layout {
  readonly width: number;
  /** What of that is left beside the indentation. */
  readonly room: number;
  /** Columns of the titles at the left. */
  readonly titleWidth: number;
  readonly paint: Paint;
}

const INDENT = '  ';
/** Columns that are left beside it. */
export const INDENT_WIDTH = INDENT.length;

/** The verdict beside the title, in bold. */
export function titleLines(title: string, headline: string, { width, titleWidth, paint }: Layout): string[] {
  const lead = padEnd(truncate(title, titleWidth), titleWidth);
  return wrap(headline, width - titleWidth - 1).map(
    (line, at) => `${at === 0 ? paint.strong(lead) : ' '.repeat(titleWidth)} ${paint.strong(line)}`,
  );
}

/** What was run, with the state of validity at the right margin. */
export function descriptionLines(
  parts: readonly string[],
  state: Validity,
  { room, paint }: Layout,
): string[] {
  const besideState = room - state.length - 2;
  const [first = '', ...others] = packed(parts, ' · ', besideState).flatMap(line => wrap(line, besideState));
  const gap = besideState - widthOf(first) + 2;
  return [
    INDENT + paint.quiet(first) + ' '.repeat(gap) + paint[state](state),
    ...others.map(line => INDENT + paint.quiet(line)),
  ];
}

/** As many parts on a line as fit; one that is too long by itself has a line of its own. */
function packed(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : lines.at(-1) + separator + part;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

export function indented(lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? '' : INDENT + line));
}

/** `why: …`, `weak: …`: wrapped, continued under the text. */
export function noteLines({ label, text, tone, words }: NoteView, { width, paint }: Layout): string[] {
  const lead = `${INDENT}${label}: `;
  const lines = words === undefined ? wrapAfter(lead, text, width) : commandLines(lead, words, width);
  return tone === null ? lines : lines.map(paint[tone]);
}

interface CommandPart {
  readonly indent: string;
  text: string;
  /** It goes on with the word that the line before has begun. */
  readonly isGlued: boolean;
}

/** A command over several lines, each but the last ended so that a shell goes on reading. */
function commandLines(lead: string, words: readonly string[], width: number): string[] {
  const indent = ' '.repeat(widthOf(lead));
  // For ` \\` at the end.
  const most = width - 2;
  const parts: CommandPart[] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (last !== undefined && widthOf(last.indent + last.text) + 1 + widthOf(word) <= most) {
      last.text += ` ${word}`;
      continue;
    }
    const [first = '', ...others] = piecesOf(word, most - widthOf(indent), most);
    parts.push({ indent, text: first, isGlued: false });
    // An indentation would be a blank in the word.
    parts.push(...others.map(text => ({ indent: '', text, isGlued: true })));
  }
  return parts.map(({ indent: own, text }, at) => {
    const next = parts[at + 1];
    const end = next === undefined ? '' : next.isGlued ? '\\' : ' \\';
    return `${at === 0 ? lead : own}${text}${end}`;
  });
}

/** A quote within quotes, or a character. */
const QUOTED_ATOM = /'\\''|[\s\S]/gu;

/** A word as a shell has it, in pieces that are one word when they follow each other: the first of that width at most. */
function piecesOf(word: string, firstWidth: number, width: number): string[] {
  if (widthOf(word) <= firstWidth) return [word];
  const isQuoted = word.startsWith("'");
  const atoms = (isQuoted ? word.slice(1, -1) : word).match(QUOTED_ATOM) ?? [];
  const pieces: string[] = [''];
  for (const atom of atoms) {
    const room = (pieces.length === 1 ? firstWidth : width) - (isQuoted ? 2 : 0);
    if (pieces.at(-1) !== '' && widthOf(pieces.at(-1) + atom) > room) pieces.push('');
    pieces[pieces.length - 1] += atom;
  }
  return isQuoted ? pieces.map(piece => `'${piece}'`) : pieces;
}
