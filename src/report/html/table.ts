import { truncate } from '../text.js';
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
const LONGEST_HEADING = 40;

/** A table that scrolls in its own box where the page is too narrow for it. */
export function tableMarkup({ columns, rows }: TableView, caption: string, context: PageContext): Markup {
  const shown = columns.flatMap((column, at) => (column.medium === 'terminal' ? [] : [{ column, at }]));
  const name = Math.max(
    0,
    columns.findIndex(({ isName }) => isName === true),
  );
  const id = context.newId('table');
  const head = shown.map(({ column }) => headCell(column));
  const body = rows.map(row =>
    element(
      'tr',
      {},
      shown.map(({ column, at }) => bodyCell(row, row.cells[at]!, { column, isName: at === name, context })),
    ),
  );
  return element(
    'div',
    { class: 'table', role: 'group', tabindex: 0, 'aria-labelledby': id },
    element(
      'table',
      {},
      element('caption', { id }, caption),
      element('thead', {}, element('tr', {}, head)),
      element('tbody', {}, body),
    ),
  );
}

/** In one line, of a length. */
export function headingText(heading: string): string {
  return truncate(heading.replaceAll('\n', ' '), LONGEST_HEADING);
}

function headCell({ heading, align, isSaidOnce }: ColumnView): Markup {
  const text = headingText(heading);
  const meaning = meaningOf(text);
  const attributes = {
    scope: 'col',
    class: align === 'right' ? 'number' : null,
    'data-once': isSaidOnce === true ? '' : null,
  };
  if (text === '') return element('th', attributes, element('span', { class: 'hidden' }, 'remark'));
  return element('th', attributes, meaning === null ? text : element('abbr', { title: meaning }, text));
}

interface CellPlace {
  readonly column: ColumnView;
  /** It is the heading of its row. */
  readonly isName: boolean;
  readonly context: PageContext;
}

/** The heading of a row is a cell like others where the row above has said it. */
function bodyCell(row: RowView, { text, tone }: CellView, { column, isName, context }: CellPlace): Markup {
  const names = [
    column.align === 'right' ? 'number' : null,
    text.length > LONGEST_LINE ? 'wrap' : null,
    (tone !== null && TONES[tone]) || null,
  ];
  const className = names.filter(name => name !== null).join(' ') || null;
  // A name that is written from right to left turns nothing around it.
  const isolated: Content = column.align === 'right' ? text : element('bdi', {}, text);
  const content = tone === 'strong' ? element('strong', {}, isolated) : isolated;
  if (!isName || text === '') return element('td', { class: className }, content);
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
