import { symbol } from 'd3-shape';
import type { Look } from '../looks.js';
import { type Content, element, type Markup } from '../markup.js';

const SYMBOL_AREA = 52;

/** What belongs to an executor: all in it that is `currentColor` has its colour. */
export function toned({ className, colour }: Look, ...content: readonly Content[]): Markup {
  return element('g', { class: className, color: colour }, ...content);
}

/** As the data of a path about 0, 0. */
export function symbolPath({ symbol: type }: Look): string {
  return symbol(type, SYMBOL_AREA).digits(1)() ?? '';
}

export function symbolAt(look: Look, x: number, y: number, isHollow = false): Markup {
  return element('path', {
    d: symbolPath(look),
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
    fill: isHollow ? 'none' : 'currentColor',
    stroke: 'currentColor',
    'stroke-width': isHollow ? 1.5 : null,
  });
}

/** A part of a picture that says what it is: to the pointer by itself, to the keyboard with the page's script. */
export function mark(words: string, ...content: readonly Content[]): Markup {
  return element('g', { class: 'mark' }, element('title', {}, words), ...content);
}

/** Marks that follow each other: of one line, one row, one bar of parts. */
export function series(...content: readonly Content[]): Markup {
  return element('g', { class: 'series' }, ...content);
}

interface TextSpec {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isStrong?: boolean;
  readonly isQuiet?: boolean;
  readonly size?: number;
}

/** Text whose baseline is at y; x may be a share of the width. */
export function textAt(text: string, x: number | string, y: number, spec: TextSpec = {}): Markup {
  const { anchor = 'start', isStrong = false, isQuiet = false, size } = spec;
  return element(
    'text',
    {
      x,
      y,
      'text-anchor': anchor === 'start' ? null : anchor,
      'font-weight': isStrong ? 600 : null,
      'font-size': size ?? null,
      class: isQuiet ? 'quiet' : null,
      fill: 'currentColor',
    },
    text,
  );
}

/** A line of the grid, or where that is asked for one that is looked at. */
export function rule(x1: number, y1: number, x2: number, y2: number, isStrong = false): Markup {
  return element('line', {
    x1,
    y1,
    x2,
    y2,
    stroke: 'currentColor',
    'stroke-opacity': isStrong ? '0.7' : '0.16',
    'stroke-width': 1,
    'stroke-dasharray': isStrong ? '4 3' : null,
  });
}
