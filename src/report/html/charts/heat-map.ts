import type { TuneMapCellView, TuneMapView } from '../../view/picture-types.js';
import { cellWords } from '../../words/hover.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { type Drawing, describe, WIDTH } from './frame.js';
import { mark, series, textAt, toned } from './marks.js';

const LEFT = 96;
const TOP = 40;
const ROW = 26;
const WIDEST_COLUMN = 62;

/** A field for each pair of sizes: the fuller the better, with the set that is as good outlined. */
export function drawMap(map: TuneMapView, looks: Looks): Drawing {
  const column = Math.min(WIDEST_COLUMN, (WIDTH - LEFT - 2) / map.columns.length);
  const at = (row: number, col: number) => ({ x: LEFT + col * column, y: TOP + row * ROW });
  const isMarked = (row: number, col: number) => (map.cells[row]?.[col]?.mark ?? null) !== null;
  const look = looks(map.executor);
  const fields = map.cells.map((cells, row) =>
    series(
      cells.map((cell, col) => {
        if (cell === null) return null;
        const { fill, text } = drawField(cell, at(row, col), column);
        return mark(wordsOf(map, row, col, cell), toned(look, fill), text);
      }),
    ),
  );
  return {
    height: TOP + map.rows.length * ROW + 4,
    description: descriptionOf(map),
    content: [
      textAt(map.columnTitle, LEFT, 12, { isQuiet: true, size: 12 }),
      textAt(map.rowTitle, 0, TOP - 8, { isQuiet: true, size: 12 }),
      map.columns.map((text, col) =>
        textAt(text, LEFT + (col + 0.5) * column, TOP - 8, { anchor: 'middle', size: 12 }),
      ),
      map.rows.map((text, row) => textAt(text, LEFT - 8, TOP + row * ROW + 17, { anchor: 'end', size: 12 })),
      fields,
      outline(map, at, column, isMarked),
    ],
  };
}

function drawField(
  { value, text, mark }: TuneMapCellView,
  { x, y }: { x: number; y: number },
  width: number,
) {
  const fill = element('rect', {
    x: x + 1,
    y: y + 1,
    width: width - 2,
    height: ROW - 2,
    fill: 'currentColor',
    'fill-opacity': String(value === null ? 0.03 : Math.round(60 * Math.min(1, value) ** 3) / 100),
  });
  const inner = element('rect', {
    x: x + 4,
    y: y + 4,
    width: width - 8,
    height: ROW - 8,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.5,
  });
  const isChosen = mark === 'chosen';
  // Narrow fields have no room for a unit.
  const short = width < 40 ? text.replace(' %', '') : text;
  const label = textAt(short, x + width / 2, y + 17, { anchor: 'middle', size: 11, isStrong: isChosen });
  return { fill, text: [label, isChosen ? inner : null] };
}

/** Around all that are as good: the sides at which they meet others. */
function outline(
  { rows, columns }: TuneMapView,
  at: (row: number, col: number) => { x: number; y: number },
  width: number,
  isMarked: (row: number, col: number) => boolean,
): Markup {
  const edges = rows.flatMap((_, row) =>
    columns.flatMap((__, col) => {
      if (!isMarked(row, col)) return [];
      const { x, y } = at(row, col);
      return [
        isMarked(row - 1, col) ? '' : `M${x.toFixed(1)} ${y}h${width.toFixed(1)}`,
        isMarked(row + 1, col) ? '' : `M${x.toFixed(1)} ${y + ROW}h${width.toFixed(1)}`,
        isMarked(row, col - 1) ? '' : `M${x.toFixed(1)} ${y}v${ROW}`,
        isMarked(row, col + 1) ? '' : `M${(x + width).toFixed(1)} ${y}v${ROW}`,
      ];
    }),
  );
  return element('path', {
    d: edges.join(''),
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'square',
  });
}

function wordsOf(map: TuneMapView, row: number, col: number, { text, state }: TuneMapCellView): string {
  const { rows, columns, rowTitle, columnTitle } = map;
  return cellWords(`${columnTitle} ${columns[col]}`, `${rowTitle} ${rows[row]}`, text, state);
}

function descriptionOf(map: TuneMapView): string {
  const marked = map.cells.flatMap((own, row) =>
    own.flatMap((cell, col) => (cell === null || cell.mark === null ? [] : [wordsOf(map, row, col, cell)])),
  );
  return marked.length === 0 ? 'None of these is as good as what is recommended' : describe(marked);
}
