import type { Validity } from '../../schema/index.js';
import { padEnd, truncate, widthOf, wrap, wrapAfter } from '../text.js';
import { COLD } from '../words/marks.js';
import type { Note } from '../words/notes.js';
import type { Paint } from './paint.js';

/** What every block of the terminal report is laid out with. */
export interface Layout {
  readonly width: number;
  /** Columns of the titles at the left. */
  readonly titleWidth: number;
  readonly paint: Paint;
}

export const INDENT = '  ';

/** The verdict beside the title, in bold. */
export function titleLines(title: string, headline: string, { width, titleWidth, paint }: Layout): string[] {
  const lead = padEnd(truncate(title, titleWidth), titleWidth);
  return wrap(headline, width - titleWidth - 1).map((line, at) =>
    at === 0
      ? `${paint.strong(lead)} ${paint.strong(line)}`
      : `${' '.repeat(titleWidth)} ${paint.strong(line)}`,
  );
}

/** What was run, with the state of validity at the right margin. */
export function descriptionLines(
  parts: readonly string[],
  state: Validity,
  { width, paint }: Layout,
): string[] {
  const besideState = width - INDENT.length - state.length - 2;
  const [first = '', ...others] = packed(parts, besideState);
  const gap = besideState - widthOf(first) + 2;
  return [
    INDENT + paint.quiet(first) + ' '.repeat(gap) + paint.state[state](state),
    ...others.map(line => INDENT + paint.quiet(line)),
  ];
}

/** As many parts on a line as fit, each whole if it can be. */
function packed(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(...wrap(part, width));
  }
  return lines;
}

export function indented(lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? '' : INDENT + line));
}

/** `why: …`, `weak: …`: wrapped, continued under the text. */
export function labelled(label: string, text: string, width: number, paint: (text: string) => string) {
  return wrapAfter(`${INDENT}${label}: `, text, width).map(paint);
}

export function noteLines({ label, text, words }: Note, { width, paint }: Layout): string[] {
  if (words !== undefined) return commandLines(label, words, width).map(paint.strong);
  const brush =
    label === 'invalid' || label === 'lost' || label === 'failed'
      ? paint.state.INVALID
      : label === 'note' || label === 'expected' || label === COLD
        ? paint.quiet
        : paint.state.WEAK;
  return labelled(label, text, width, brush);
}

/** A command over several lines, each but the last ended so that a shell goes on reading. */
function commandLines(label: string, words: readonly string[], width: number): string[] {
  const lead = `${INDENT}${label}: `;
  const room = width - widthOf(lead) - 2;
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.some(line => widthOf(line) > room)) return labelled(label, words.join(' '), width, text => text);
  return lines.map(
    (line, at) =>
      (at === 0 ? lead : ' '.repeat(widthOf(lead))) + (at < lines.length - 1 ? `${line} \\` : line),
  );
}
