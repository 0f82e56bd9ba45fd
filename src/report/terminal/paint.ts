import { Ansis } from 'ansis';
import type { Validity } from '../../schema/index.js';
import type { ExecutorFamily } from '../words/labels.js';

type Brush = (text: string) => string;

/** What a colour means; text is laid out first and painted last. */
export interface Paint {
  readonly strong: Brush;
  readonly quiet: Brush;
  readonly state: Readonly<Record<Validity, Brush>>;
  readonly family: Readonly<Record<ExecutorFamily, Brush>>;
}

const plain: Brush = text => text;

const WITHOUT_COLOUR: Paint = {
  strong: plain,
  quiet: plain,
  state: { VALID: plain, WEAK: plain, INVALID: plain },
  family: { loop: plain, threads: plain, processes: plain },
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
    state: {
      VALID: brush(text => ansi.green(text)),
      WEAK: brush(text => ansi.yellow(text)),
      INVALID: brush(text => ansi.red.bold(text)),
    },
    family: {
      loop: brush(text => ansi.cyan(text)),
      threads: brush(text => ansi.magenta(text)),
      processes: brush(text => ansi.blue(text)),
    },
  };
}
