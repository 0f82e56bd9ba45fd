import type { CellView, ColumnView, RowView, TableView, Tone } from '../view/types.js';
import { meaningOf } from '../words/glossary.js';
import { symbolAt, toned } from './charts/marks.js';
import type { PageContext } from './context.js';
import type { Look } from './looks.js';
import { type Content, element, type Markup } from './markup.js';

const TONES: Partial<Record<Tone, string>> = {
  quiet: 'quiet',
  VALID: 'valid',
  WEAK: 'weak',
  INVALID: 'invalid',
};
/** What is longer may be broken. */
const LONGEST_LINE = 48;

/** A table that scrolls in its own box where the page is too narrow for it. */
export function tableMarkup({ columns, rows }: TableView, caption: string, context: PageContext): Markup {
  const shown = columns.flatMap((column, at) => (column.medium === 'terminal' ? [] : [{ column, at }]));
  const id = context.newId('table');
  const head = shown.map(({ column }) => headCell(column));
  const body = rows.map(row =>
    element(
      'tr',
      {},
      shown.map(({ column, at }, place) => bodyCell(row, row.cells[at]!, { column, place, context })),
    ),
  );
  return element(
    'div',
    { class: 'table', role: 'region', tabindex: 0, 'aria-labelledby': id },
    element(
      'table',
      {},
      element('caption', { id }, caption),
      element('thead', {}, element('tr', {}, head)),
      element('tbody', {}, body),
    ),
  );
}

function headCell({ heading, align }: ColumnView): Markup {
  const text = heading.replaceAll('\n', ' ');
  const meaning = meaningOf(text);
  const attributes = { scope: 'col', class: align === 'right' ? 'number' : null };
  if (text === '') return element('th', attributes, element('span', { class: 'hidden' }, 'remark'));
  return element('th', attributes, meaning === null ? text : element('abbr', { title: meaning }, text));
}

interface CellPlace {
  readonly column: ColumnView;
  /** From 0, the terminal's own columns left out. */
  readonly place: number;
  readonly context: PageContext;
}

/** The first cell is the heading of its row, unless the row above has said it. */
function bodyCell(row: RowView, { text, tone }: CellView, { column, place, context }: CellPlace): Markup {
  const names = [
    column.align === 'right' ? 'number' : null,
    text.length > LONGEST_LINE ? 'wrap' : null,
    (tone !== null && TONES[tone]) || null,
  ];
  const className = names.filter(name => name !== null).join(' ') || null;
  // A name that is written from right to left turns nothing around it.
  const isolated: Content = column.align === 'right' ? text : element('bdi', {}, text);
  const content = tone === 'strong' ? element('strong', {}, isolated) : isolated;
  if (place > 0 || text === '') return element('td', { class: className }, content);
  const symbol = row.executor === null ? null : swatch(context.looks(row.executor));
  return element('th', { scope: 'row', class: className }, symbol, content);
}

/** The symbol of an executor as charts have it. */
function swatch(look: Look): Markup {
  return element(
    'svg',
    { class: 'symbol', width: 11, height: 11, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
    toned(look, symbolAt(look, 6, 6)),
  );
}
