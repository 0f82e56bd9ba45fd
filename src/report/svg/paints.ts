import { TONES } from '../html/looks.js';
import { INK, STATES } from '../html/style.js';

export type Theme = keyof typeof INK;
export const THEMES = ['light', 'dark'] as const satisfies readonly Theme[];

type Paint = Readonly<Partial<Record<'color' | 'fill', string>>>;

/** What the page's style sheet says of the classes that charts have, as presentation attributes: by class. */
export function paintsOf(theme: Theme): ReadonlyMap<string, Paint> {
  const { quiet, paper } = INK[theme];
  return new Map<string, Paint>([
    ['quiet', { fill: quiet }],
    ['tone-none', { color: quiet }],
    ['paper', { color: paper }],
    ...TONES.map((tone, at) => [`tone-${at}`, { color: tone[theme] }] as const),
    ...Object.entries(STATES[theme]).map(([name, color]) => [name, { color }] as const),
  ]);
}
