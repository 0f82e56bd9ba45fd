import { padEnd, padStart, truncate, widthOf } from '../text.js';

export interface Column<Row> {
  /** May have several lines. */
  readonly heading: string;
  readonly align: 'left' | 'right';
  cell(row: Row): string;
  /** Applied after padding, so that colour takes no room. */
  paint?(text: string, row: Row): string;
  /** What goes first when the table is too wide: the smallest. Infinity: stays, and is cut if it must be. */
  readonly importance: number;
}

/** A column that takes the room the others leave. */
export interface Bars<Row> {
  /** Before which of the columns. */
  readonly before: Column<Row>;
  /** 0 … 1. */
  share(row: Row): number;
  paint(text: string, row: Row): string;
}

const GAP = '  ';
const SHORTEST_BAR = 4;
const LONGEST_BAR = 30;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Lines of a table of at most `width` columns, the heading first; no trailing spaces. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  quiet: (text: string) => string,
  bars?: Bars<Row>,
): string[] {
  const kept = fitting(columns, rows, width);
  const widths = kept.map(column => naturalWidth(column, rows));
  const excess = totalWidth(widths) - width;
  if (excess > 0) widths[0] = Math.max(1, widths[0]! - excess);
  const room = width - totalWidth(widths) - GAP.length;
  const barWidth = bars !== undefined && room >= SHORTEST_BAR ? Math.min(room, LONGEST_BAR) : 0;
  const lineOf = (text: (column: Column<Row>, columnWidth: number) => string, bar: string) =>
    kept
      .flatMap((column, at) => {
        const cell = text(column, widths[at]!);
        return bars?.before === column && barWidth > 0 ? [bar, cell] : [cell];
      })
      .join(GAP)
      .trimEnd();
  const headingLines = Math.max(...kept.map(({ heading }) => heading.split('\n').length));
  return [
    ...Array.from({ length: headingLines }, (_, line) =>
      quiet(
        lineOf(
          (column, columnWidth) => aligned(column, headingLine(column, line, headingLines), columnWidth),
          ' '.repeat(barWidth),
        ),
      ),
    ),
    ...rows.map(row =>
      lineOf(
        (column, columnWidth) => {
          const text = aligned(column, column.cell(row), columnWidth);
          return column.paint === undefined ? text : column.paint(text, row);
        },
        bars === undefined ? '' : bars.paint(padEnd(bar(bars.share(row), barWidth), barWidth), row),
      ),
    ),
  ];
}

/** Linear, in eighths of a character; something is never drawn as nothing. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  if (eighths === 0) return share > 0 ? '▏' : '';
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

/** Shorter headings stand at the bottom, next to their cells. */
function headingLine<Row>({ heading }: Column<Row>, line: number, of: number): string {
  const lines = heading.split('\n');
  return lines[line - (of - lines.length)] ?? '';
}

function aligned<Row>({ align }: Column<Row>, text: string, width: number): string {
  const cut = truncate(text, width);
  return align === 'left' ? padEnd(cut, width) : padStart(cut, width);
}

function fitting<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): readonly Column<Row>[] {
  let kept = columns;
  for (;;) {
    const droppable = kept.filter(column => column.importance !== Number.POSITIVE_INFINITY);
    if (droppable.length === 0 || totalWidth(kept.map(column => naturalWidth(column, rows))) <= width)
      return kept;
    const least = droppable.reduce((a, b) => (b.importance < a.importance ? b : a));
    kept = kept.filter(column => column !== least);
  }
}

function naturalWidth<Row>(column: Column<Row>, rows: readonly Row[]): number {
  return Math.max(...column.heading.split('\n').map(widthOf), ...rows.map(row => widthOf(column.cell(row))));
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1);
}
