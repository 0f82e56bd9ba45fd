import { styleText } from 'node:util';
import type { Tone } from '../view/types.js';

export type Brush = (text: string) => string;

/** The colour of each tone; text is laid out first and painted last. */
export type Paint = Readonly<Record<Tone, Brush>>;

/** The 16 colours that every terminal has: the reader's theme decides how they look. */
const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  strong: 'bold',
  quiet: 'dim',
  VALID: 'green',
  WEAK: 'yellow',
  INVALID: ['red', 'bold'],
  loop: 'cyan',
  threads: 'magenta',
  processes: 'blue',
};

export const WITHOUT_COLOUR = paintWith(() => text => text);

export function paintFor(colour: boolean): Paint {
  return colour ? paintWith(brushOf) : WITHOUT_COLOUR;
}

function paintWith(brush: (tone: Tone) => Brush): Paint {
  const tones = Object.keys(STYLES) as Tone[];
  return Object.fromEntries(tones.map(tone => [tone, brush(tone)])) as Paint;
}

/** Whoever wants colour has looked at the terminal: what Node thinks of this process's own output is not asked. */
function brushOf(tone: Tone): Brush {
  return text => (text === '' ? '' : styleText(STYLES[tone], text, { validateStream: false }));
}
