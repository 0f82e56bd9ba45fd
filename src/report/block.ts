import type { ValidityState } from '../model.js';
import type { Note } from './notes.js';
import type { Paint } from './paint.js';
import { padEnd, truncate, widthOf, wrap, wrapAfter } from './text.js';

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
export function descriptionLines(text: string, state: ValidityState, { width, paint }: Layout): string[] {
  const lines = wrap(text, width - INDENT.length).map(line => INDENT + line);
  const last = lines.at(-1)!;
  const painted = paint.state[state](state);
  const gap = width - widthOf(last) - state.length;
  if (gap < 2) return [...lines.map(paint.quiet), ' '.repeat(width - state.length) + painted];
  return [...lines.slice(0, -1).map(paint.quiet), paint.quiet(last) + ' '.repeat(gap) + painted];
}

export function indented(lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? '' : INDENT + line));
}

/** `why: …`, `weak: …`: wrapped, continued under the text. */
export function labelled(label: string, text: string, width: number, paint: (text: string) => string) {
  return wrapAfter(`${INDENT}${label}: `, text, width).map(paint);
}

export function noteLines({ label, text }: Note, { width, paint }: Layout): string[] {
  const brush =
    label === 'invalid' || label === 'lost' || label === 'failed'
      ? paint.state.INVALID
      : label === 'note'
        ? paint.quiet
        : paint.state.WEAK;
  return labelled(label, text, width, brush);
}
