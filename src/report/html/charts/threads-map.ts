import type { MapState } from '../../../schema/index.js';
import { truncate } from '../../text.js';
import type { ThreadsMapCellView, ThreadsMapPicture } from '../../view/picture-types.js';
import type { Looks } from '../looks.js';
import { element, type Markup } from '../markup.js';
import { columnsIn, type Drawing, describe, pixelsOf, WIDTH } from './frame.js';
import { textAt, toned } from './marks.js';

const LEFT = 62;
const TOP = 42;
const ROW = 44;
/** In a row: a symbol, a figure, and below them the boundary and the task. */
const SYMBOL_Y = 14;
const FIGURE_Y = 27;
const TRACK_Y = 37;
const WIDEST_COLUMN = 62;
/** So many times as much is the fullest colour. */
const FULL_RATIO = 2;
const MOST_OPACITY = 0.45;

/** Waiting × computing: the fuller a field the more threads do, or the loop; boundaries lie in the rows with their intervals. */
export function drawThreadsMap(map: ThreadsMapPicture, looks: Looks): Drawing {
  const { columns, rows, cells, boundaries, task } = map;
  const width = Math.min(WIDEST_COLUMN, (WIDTH - LEFT - 2) / columns.length);
  const x = (column: number) => LEFT + column * width;
  const y = (row: number) => TOP + row * ROW;
  const fieldsOf = (state: MapState) =>
    cells.flatMap((own, row) =>
      own.flatMap((cell, column) => (cell.state === state ? [field(cell, x(column), y(row), width)] : [])),
    );
  const others: readonly MapState[] = ['same', 'undecided', 'filled', 'blank'];
  const marks = boundaries.flatMap((boundary, row) =>
    boundary === null ? [] : [interval(x(boundary.low), x(boundary.at), x(boundary.high), y(row) + TRACK_Y)],
  );
  return {
    height: TOP + rows.length * ROW + 8 + (task === null ? 0 : 16),
    description: descriptionOf(map),
    content: [
      textAt(map.columnTitle, LEFT, 12, { isQuiet: true, size: 12 }),
      textAt(map.rowTitle, 0, TOP - 8, { isQuiet: true, size: 12 }),
      headings(columns, width).map(({ text, column }) =>
        textAt(text, x(column + 0.5), TOP - 8, { anchor: 'middle', size: 11 }),
      ),
      rows.map((text, row) => textAt(text, LEFT - 8, y(row) + SYMBOL_Y + 6, { anchor: 'end', size: 12 })),
      toned(looks(map.threads), fieldsOf('threads')),
      toned(looks(map.loop), fieldsOf('loop')),
      others.map(fieldsOf),
      borderLine(map, x, y),
      cells.map((own, row) => own.map((cell, column) => label(cell, x(column + 0.5), y(row)))),
      marks,
      task === null ? null : taskMark(task.name, x(task.at), y(task.row) + TRACK_Y, y(rows.length) + 14),
    ],
  };
}

function field({ state, ratio }: ThreadsMapCellView, x: number, y: number, width: number): Markup {
  const isSure = state === 'threads' || state === 'loop';
  const strength = ratio === null ? 0 : Math.min(1, Math.abs(Math.log(ratio)) / Math.log(FULL_RATIO));
  const opacity = isSure ? 0.1 + (MOST_OPACITY - 0.1) * strength : state === 'blank' ? 0.02 : 0.06;
  return element('rect', {
    x: x + 1,
    y: y + 1,
    width: width - 2,
    height: ROW - 2,
    fill: 'currentColor',
    'fill-opacity': opacity.toFixed(2),
    stroke: state === 'undecided' ? 'currentColor' : null,
    'stroke-opacity': state === 'undecided' ? '0.5' : null,
    'stroke-dasharray': state === 'undecided' ? '2 2' : null,
  });
}

function label({ symbol, figure, state }: ThreadsMapCellView, x: number, y: number): Markup[] {
  const isQuiet = state === 'filled' || state === 'blank';
  const spec = { anchor: 'middle', size: 11, isQuiet } as const;
  return [
    textAt(symbol, x, y + SYMBOL_Y, spec),
    ...(figure === '' ? [] : [textAt(figure, x, y + FIGURE_Y, spec)]),
  ];
}

/** One that would run into the one before it is left out. */
function headings(columns: readonly string[], width: number): { text: string; column: number }[] {
  let end = Number.NEGATIVE_INFINITY;
  return columns.flatMap((text, column) => {
    const half = (pixelsOf(text.length) * 11) / 13 / 2;
    const middle = (column + 0.5) * width;
    if (middle - half < end) return [];
    end = middle + half + 3;
    return [{ text, column }];
  });
}

/** The boundary of each row with its interval. */
function interval(low: number, at: number, high: number, y: number): Markup {
  const path = `M${low.toFixed(1)} ${y}H${high.toFixed(1)}M${low.toFixed(1)} ${y - 4}v8M${high.toFixed(1)} ${y - 4}v8`;
  return element(
    'g',
    {},
    element('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }),
    element('path', {
      d: `M${(at - 3).toFixed(1)} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`,
      fill: 'currentColor',
    }),
  );
}

/** From row to row: where threads begin to pay. */
function borderLine(
  { boundaries }: ThreadsMapPicture,
  x: (column: number) => number,
  y: (row: number) => number,
): Markup {
  let isDown = false;
  const steps = boundaries.map((boundary, row) => {
    const command = isDown ? 'L' : 'M';
    isDown = boundary !== null;
    return boundary === null ? '' : `${command}${x(boundary.at).toFixed(1)} ${y(row) + TRACK_Y}`;
  });
  return element('path', {
    d: steps.join(''),
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.5,
    'stroke-dasharray': '5 3',
    'stroke-opacity': '0.7',
  });
}

function taskMark(name: string, x: number, y: number, legendY: number): Markup[] {
  const diamond = `M${x.toFixed(1)} ${y - 7}l7 7l-7 7l-7 -7z`;
  return [
    element('path', {
      d: diamond,
      fill: 'currentColor',
      stroke: 'currentColor',
      'stroke-opacity': '0.3',
      'stroke-width': 4,
    }),
    textAt(truncate(`◆ ${name}`, columnsIn(WIDTH - LEFT)), LEFT, legendY, { size: 12, isStrong: true }),
  ];
}

function descriptionOf({ cells, boundaries, rows, columns, columnTitle, task }: ThreadsMapPicture): string {
  const all = cells.flat().filter(({ state }) => state !== 'blank');
  const crossings = boundaries.flatMap((boundary, row) =>
    boundary === null
      ? []
      : [
          `${rows[row]}: boundary between ${nameAt(columns, boundary.low)} and ${nameAt(columns, boundary.high)}`,
        ],
  );
  const marked =
    task === null
      ? []
      : [`${truncate(task.name, 40)} is at ${rows[task.row]}, near ${nameAt(columns, task.at)}`];
  return describe([
    ...marked,
    ...(crossings.length === 0 ? [] : [`${columnTitle}; ${crossings.join('; ')}`]),
    ...all.map(({ words }) => words),
  ]);
}

function nameAt(columns: readonly string[], place: number): string {
  return columns[Math.min(columns.length - 1, Math.max(0, Math.round(place - 0.5)))]!;
}
