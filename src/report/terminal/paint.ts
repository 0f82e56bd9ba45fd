import { Ansis } from 'ansis';
import type { Tone } from '../view/types.js';

export type Brush = (text: string) => string;

/** The colour of each tone; text is laid out first and painted last. */
export type Paint = Readonly<Record<Tone, Brush>>;

export const plain: Brush = text => text;

export const WITHOUT_COLOUR: Paint = {
  strong: plain,
  quiet: plain,
  VALID: plain,
  WEAK: plain,
  INVALID: plain,
  loop: plain,
  threads: plain,
  processes: plain,
};

/** The 16 colours that every terminal has: the reader's theme decides how they look. */
export function paintFor(colour: boolean): Paint {
  if (!colour) return WITHOUT_COLOUR;
  const ansi = new Ansis(1);
  const brush =
    (style: Brush): Brush =>
    text =>
      text === '' ? '' : style(text);
  return {
    strong: brush(text => ansi.bold(text)),
    quiet: brush(text => ansi.dim(text)),
    VALID: brush(text => ansi.green(text)),
    WEAK: brush(text => ansi.yellow(text)),
    INVALID: brush(text => ansi.red.bold(text)),
    loop: brush(text => ansi.cyan(text)),
    threads: brush(text => ansi.magenta(text)),
    processes: brush(text => ansi.blue(text)),
  };
}
