import type { Validity } from '../../schema/index.js';
import { padEnd, truncate, widthOf, wrap, wrapAfter } from '../text.js';
import type { NoteView } from '../view/types.js';
import { type Brush, type Paint, plain } from './paint.js';

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
function labelled(label: string, text: string, width: number, brush: Brush): string[] {
  return wrapAfter(`${INDENT}${label}: `, text, width).map(brush);
}

export function noteLines({ label, text, tone, words }: NoteView, { width, paint }: Layout): string[] {
  const brush = tone === null ? plain : paint[tone];
  return words === undefined
    ? labelled(label, text, width, brush)
    : commandLines(label, words, width).map(brush);
}

/** A command over several lines, each but the last ended so that a shell goes on reading. */
function commandLines(label: string, words: readonly string[], width: number): string[] {
  const lead = `${INDENT}${label}: `;
  const room = width - widthOf(lead) - 2;
  const lines = packed(words, ' ', room);
  if (lines.some(line => widthOf(line) > room)) return labelled(label, words.join(' '), width, plain);
  return lines.map(
    (line, at) =>
      (at === 0 ? lead : ' '.repeat(widthOf(lead))) + (at < lines.length - 1 ? `${line} \\` : line),
  );
}
