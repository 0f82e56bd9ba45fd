import {
  type SymbolType,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';

/** How an executor looks, wherever it stands: its colour, and for those who see none its symbol. */
export interface Look {
  /** Of the style sheet, which knows the theme. */
  readonly className: string;
  /** Where there is no style sheet. */
  readonly colour: string;
  readonly symbol: SymbolType;
}

/** As text each has a contrast of 4.5 to 1 at least with the page in its theme. */
export const TONES: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#1862ab', dark: '#74c0fc' },
  { light: '#a84300', dark: '#ffa94d' },
  { light: '#087057', dark: '#4fd8a8' },
  { light: '#6741d9', dark: '#b8a2ff' },
  { light: '#b81e58', dark: '#faa2c1' },
  { light: '#566400', dark: '#c4e06a' },
  { light: '#0b6b80', dark: '#66d9e8' },
  { light: '#7a4a2b', dark: '#dcb795' },
];

const SYMBOLS = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
  triangleDown(),
];

/** Usual executors look the same in all reports. */
const USUAL = [
  'limited',
  'queue',
  'piscina',
  'sequential',
  'promise-all',
  'batched',
  'processes',
  'tinypool',
];

const NOBODY: Look = { className: 'tone-none', colour: '#5c5c66', symbol: symbolCircle };

/** Looks by executor; of what is no executor's it is grey. */
export type Looks = (executor: string | null | undefined) => Look;

/** @param executors all of a report */
export function looksOf(executors: readonly string[]): Looks {
  const free = TONES.map((_, tone) => tone).filter(tone => !executors.includes(USUAL[tone]!));
  const others = executors.filter(name => !USUAL.includes(name));
  const tones = new Map([
    ...USUAL.map((name, tone) => [name, tone] as const),
    ...others.map((name, at) => [name, free[at] ?? at % TONES.length] as const),
  ]);
  return executor => {
    const tone = executor == null ? undefined : tones.get(executor);
    return tone === undefined ? NOBODY : lookOf(tone);
  };
}

function triangleDown(): SymbolType {
  return {
    draw(context, area) {
      const side = Math.sqrt((4 * area) / Math.sqrt(3));
      const third = (side * Math.sqrt(3)) / 6;
      context.moveTo(-side / 2, -third);
      context.lineTo(side / 2, -third);
      context.lineTo(0, 2 * third);
      context.closePath();
    },
  };
}

function lookOf(tone: number): Look {
  return {
    className: `tone-${tone}`,
    colour: TONES[tone]!.light,
    symbol: SYMBOLS[tone % SYMBOLS.length]!,
  };
}
