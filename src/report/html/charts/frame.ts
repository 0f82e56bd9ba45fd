import { type Content, element, type Markup } from '../markup.js';
import { sentence } from '../sentence.js';

/** Pixels of all charts across: on a narrow screen they are hardly made smaller, on a wide one stand side by side. */
export const WIDTH = 400;
const FONT_SIZE = 13;
/** Of a digit, and of most letters, in a wide font. */
const COLUMN_WIDTH = 7.5;

export interface Drawing {
  readonly height: number;
  /** Pixels across, of one that is larger or smaller than it was drawn; default: those of all charts. */
  readonly width?: number;
  /** It fills any width: places across are shares of it. */
  readonly isFluid?: boolean;
  readonly content: Content;
  /** For the script of the page, of a drawing that can be zoomed. */
  readonly zoom?: Readonly<Record<'data-plot' | 'data-y', string>>;
  /** What is to be seen, for those who don't. */
  readonly description: string;
}

interface FrameSpec {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Sentences. */
  readonly method: string | null;
  readonly drawing: Drawing;
  /** The same figures. */
  readonly table: Markup | null;
  /** What stands between its words and the picture. */
  readonly legend?: Markup;
}

/** A picture with what it says in words: presentation attributes alone, so that it needs no style sheet. */
export function figure({ id, title, method, drawing, table, legend }: FrameSpec): Markup {
  const [titleId, descriptionId] = [`${id}-title`, `${id}-desc`];
  const { isFluid = false, width = WIDTH } = drawing;
  const height = Math.ceil(drawing.height);
  const attributes = {
    role: 'img',
    'aria-labelledby': `${titleId} ${descriptionId}`,
    viewBox: isFluid ? null : `0 0 ${width} ${height}`,
    width: isFluid ? '100%' : width,
    height,
    'font-family': 'system-ui, sans-serif',
    'font-size': FONT_SIZE,
    fill: 'currentColor',
    ...drawing.zoom,
  };
  return element(
    'figure',
    { class: isFluid ? 'chart wide' : 'chart' },
    element('figcaption', {}, element('b', {}, title), method === null ? null : [' ', sentence(method)]),
    legend ?? null,
    element(
      'svg',
      attributes,
      element('title', { id: titleId }, title),
      element('desc', { id: descriptionId }, drawing.description),
      drawing.content,
    ),
    table === null ? null : element('details', {}, element('summary', {}, 'As a table'), table),
  );
}

/** About as wide as it will be; fonts differ. */
export function pixelsOf(columns: number): number {
  return columns * COLUMN_WIDTH;
}

/** How much text fits there. */
export function columnsIn(pixels: number): number {
  return Math.max(1, Math.floor(pixels / COLUMN_WIDTH));
}

const LONGEST_DESCRIPTION = 1_000;

/** `queue 1,109/s; limited 1,120/s`, as much of it as anybody listens to. */
export function describe(parts: readonly string[]): string {
  let text = '';
  for (const [at, part] of parts.entries()) {
    const next = text === '' ? part : `${text}; ${part}`;
    if (next.length > LONGEST_DESCRIPTION && text !== '') return `${text}; and ${parts.length - at} more`;
    text = next;
  }
  return text;
}
