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

/** A command over several lines, each but the last ended so that a shell goes on reading. */
function commandLines(lead: string, words: readonly string[], width: number): string[] {
  const room = width - widthOf(lead) - 2;
  const lines = packed(words, ' ', room);
  if (lines.some(line => widthOf(line) > room)) return wrapAfter(lead, words.join(' '), width);
  return lines.map(
    (line, at) =>
      (at === 0 ? lead : ' '.repeat(widthOf(lead))) + (at < lines.length - 1 ? `${line} \\` : line),
  );
}
