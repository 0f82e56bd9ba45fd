import { padEnd, padStart, truncate, widthOf } from '../text.js';
import type { ColumnView, RowView, TableView } from '../view/types.js';
import type { Paint } from './paint.js';

const GAP = '  ';
const SHORTEST_BAR = 4;
const LONGEST_BAR = 30;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A column that has room, and how much. */
interface Fitted {
  readonly column: ColumnView;
  /** In the table. */
  readonly at: number;
  width: number;
}

/** Lines of a table of at most `width` columns, the heading first; no trailing spaces. */
export function renderTable({ columns, rows, barsBefore }: TableView, width: number, paint: Paint): string[] {
  const fitted = fitting(columns, rows, width);
  const excess = totalWidth(fitted) - width;
  if (excess > 0) fitted[0]!.width = Math.max(1, fitted[0]!.width - excess);
  // A column that takes the room the others leave.
  const room = width - totalWidth(fitted) - GAP.length;
  const barWidth = barsBefore !== null && room >= SHORTEST_BAR ? Math.min(room, LONGEST_BAR) : 0;
  const lineOf = (cell: (one: Fitted) => string, bar: string) =>
    fitted
      .flatMap(one => (one.at === barsBefore && barWidth > 0 ? [bar, cell(one)] : [cell(one)]))
      .join(GAP)
      .trimEnd();
  const headingLines = Math.max(...fitted.map(({ column }) => column.heading.split('\n').length));
  return [
    ...Array.from({ length: headingLines }, (_, line) =>
      paint.quiet(lineOf(one => aligned(one, headingLine(one, line, headingLines)), ' '.repeat(barWidth))),
    ),
    ...rows.map(row => {
      const cell = (one: Fitted) => {
        const { text, tone } = row.cells[one.at]!;
        return tone === null ? aligned(one, text) : paint[tone](aligned(one, text));
      };
      const drawn = padEnd(bar(row.bar ?? 0, barWidth), barWidth);
      return lineOf(cell, row.family === null ? drawn : paint[row.family](drawn));
    }),
  ];
}

/** Linear, in eighths of a character; something is never drawn as nothing. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  if (eighths === 0) return share > 0 ? '▏' : '';
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

/** Shorter headings stand at the bottom, next to their cells. */
function headingLine({ column: { heading } }: Fitted, line: number, of: number): string {
  const lines = heading.split('\n');
  return lines[line - (of - lines.length)] ?? '';
}

function aligned({ column: { align }, width }: Fitted, text: string): string {
  const cut = truncate(text, width);
  return align === 'left' ? padEnd(cut, width) : padStart(cut, width);
}

function fitting(columns: readonly ColumnView[], rows: readonly RowView[], width: number): Fitted[] {
  const natural = (column: ColumnView, at: number) =>
    Math.max(
      ...column.heading.split('\n').map(widthOf),
      ...rows.map(({ cells }) => widthOf(cells[at]!.text)),
    );
  let kept = columns
    .map((column, at): Fitted => ({ column, at, width: natural(column, at) }))
    .filter(({ column }) => column.medium !== 'page');
  while (totalWidth(kept) > width) {
    const least = kept.reduce((a, b) => (b.column.importance < a.column.importance ? b : a));
    if (least.column.importance === Number.POSITIVE_INFINITY) break;
    kept = kept.filter(one => one !== least);
  }
  return kept;
}

function totalWidth(columns: readonly Fitted[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1);
}
