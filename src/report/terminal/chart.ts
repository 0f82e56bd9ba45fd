import { exactNumber } from '../format.js';
import { padStart, truncate, widthOf } from '../text.js';

export interface Series {
  readonly label: string;
  /** One column wide. */
  readonly symbol: string;
  paint(text: string): string;
  /** A single y stands for every x: a level line. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ChartSpec {
  readonly series: readonly Series[];
  /** Where the axis is labelled, ascending. */
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** What is drawn: `tasks/s by threads`. */
  readonly title: string;
  /** Labelled besides 0 and the top. */
  readonly yMarks: readonly number[];
  readonly width: number;
  /** Lines of the plot itself. */
  readonly height: number;
  /** Logarithmic, from the smallest y instead of from 0. Default false. */
  readonly logarithmicY?: boolean;
  /** Logarithmic; all x are above 0. Default false. */
  readonly logarithmicX?: boolean;
  quiet(text: string): string;
}

/** What is in a cell: a symbol, or the dots of a line (bits of a braille character). */
interface Cell {
  symbol: string | null;
  dots: number;
  series: Series | null;
}

const BRAILLE = 0x2800;
/** Bits of the 2 × 4 dots of a braille character, by row and column. */
const DOT_BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;
const DOTS_ACROSS = 2;
const DOTS_DOWN = 4;
const NARROWEST_PLOT = 16;
const LEGEND_GAP = '   ';
const LONGEST_LABEL = 32;

/** Lines through points, from 0 upwards; the series given first lie on top. Empty when there is no room for it. */
export function renderChart(spec: ChartSpec): string[] {
  const drawn = spec.series.filter(({ points }) => points.length > 0);
  const ys = drawn.flatMap(({ points }) => points.map(({ y }) => y));
  const top = niceCeiling(Math.max(0, ...ys));
  const bottom = spec.logarithmicY === true ? niceFloor(Math.min(...ys)) : 0;
  const marks = [bottom, top, ...spec.yMarks.filter(y => y > bottom && y < top)];
  const gutter = Math.max(...marks.map(y => widthOf(exactNumber(y))));
  const columns = spec.width - gutter - 2;
  if (columns < NARROWEST_PLOT || drawn.length === 0 || spec.xTicks.length < 2 || top <= 0) return [];

  const xColumn = scaleOf(spec.xTicks, columns, spec.logarithmicX === true ? Math.log : x => x);
  const share = (y: number) =>
    spec.logarithmicY === true ? Math.log(y / bottom) / Math.log(top / bottom) : y / top;
  const yDot = (y: number) => Math.round((1 - share(y)) * (spec.height * DOTS_DOWN - 1));
  const grid = Array.from({ length: spec.height }, () =>
    Array.from({ length: columns }, (): Cell => ({ symbol: null, dots: 0, series: null })),
  );
  const range = [spec.xTicks[0]!.x, spec.xTicks.at(-1)!.x] as const;
  for (const series of drawn.toReversed()) {
    const path = pathOf(series, range).map(({ x, y }) => ({ column: xColumn(x), dot: yDot(y) }));
    drawLine(grid, series, path);
  }
  for (const series of drawn.toReversed()) {
    for (const { x, y } of series.points.length === 1 ? pathOf(series, range) : series.points) {
      const cell = grid[Math.floor(yDot(y) / DOTS_DOWN)]![xColumn(x)]!;
      cell.symbol = series.symbol;
      cell.series = series;
    }
  }
  return [
    ...legend(spec, drawn),
    ...grid.map((cells, row) => {
      const y = marks.find(mark => Math.floor(yDot(mark) / DOTS_DOWN) === row);
      const label = padStart(y === undefined ? '' : exactNumber(y), gutter);
      return `${spec.quiet(`${label} ${y === undefined ? '│' : '┤'}`)}${cells.map(paintCell).join('')}`.trimEnd();
    }),
    ...xAxis(spec, gutter, columns, xColumn).map(spec.quiet),
  ];
}

function pathOf({ points }: Series, [from, to]: readonly [number, number]) {
  const [only] = points;
  return points.length === 1 && only !== undefined
    ? [
        { x: from, y: only.y },
        { x: to, y: only.y },
      ]
    : [...points].sort((a, b) => a.x - b.x);
}

/** Columns in proportion to the values, a column left free at each end. */
function scaleOf(
  ticks: ChartSpec['xTicks'],
  columns: number,
  scale: (x: number) => number,
): (x: number) => number {
  const from = scale(ticks[0]!.x);
  const span = scale(ticks.at(-1)!.x) - from;
  return x => 1 + Math.round(((scale(x) - from) / span) * (columns - 4));
}

function drawLine(grid: Cell[][], series: Series, path: readonly { column: number; dot: number }[]): void {
  for (let i = 1; i < path.length; i++) {
    const [start, end] = [path[i - 1]!, path[i]!];
    const across = Math.max(1, (end.column - start.column) * DOTS_ACROSS);
    const steps = Math.max(across, Math.abs(end.dot - start.dot));
    for (let step = 0; step <= steps; step++) {
      const x = start.column * DOTS_ACROSS + Math.round((across * step) / steps);
      const y = Math.round(start.dot + ((end.dot - start.dot) * step) / steps);
      const cell = grid[Math.floor(y / DOTS_DOWN)]?.[Math.floor(x / DOTS_ACROSS)];
      if (cell === undefined) continue;
      cell.dots |= DOT_BITS[y % DOTS_DOWN]![x % DOTS_ACROSS]!;
      cell.series = series;
    }
  }
}

function paintCell({ symbol, dots, series }: Cell): string {
  if (series === null) return ' ';
  return series.paint(symbol ?? String.fromCharCode(BRAILLE + dots));
}

/** The title, and each series with its symbol: in as many lines as that takes. */
function legend({ title, width, quiet }: ChartSpec, series: readonly Series[]): string[] {
  const lines = [{ text: quiet(truncate(title, width)), used: Math.min(width, widthOf(title)) }];
  for (const { symbol, label, paint } of series) {
    const name = truncate(label, Math.min(LONGEST_LABEL, width - LEGEND_GAP.length - 2));
    const used = LEGEND_GAP.length + 2 + widthOf(name);
    if (lines.at(-1)!.used + used > width) lines.push({ text: '', used: 0 });
    const line = lines.at(-1)!;
    line.text += `${LEGEND_GAP}${paint(symbol)} ${name}`;
    line.used += used;
  }
  return lines.map(({ text }) => text);
}

function xAxis(spec: ChartSpec, gutter: number, columns: number, xColumn: (x: number) => number): string[] {
  const rule = Array.from({ length: columns }, () => '─');
  let labels = '';
  for (const { x, label } of spec.xTicks) {
    const column = xColumn(x);
    rule[column] = '┬';
    const centred = column - Math.floor(widthOf(label) / 2);
    const start = Math.max(0, Math.min(centred, columns - widthOf(label)));
    // A label that would run into the one before it is left out.
    if (labels !== '' && start < widthOf(labels) + 1) continue;
    labels += ' '.repeat(start - widthOf(labels)) + truncate(label, columns);
  }
  return [`${' '.repeat(gutter)} └${rule.join('')}`, ' '.repeat(gutter + 2) + labels];
}

/** The 1, 2 or 5 × 10ⁿ below it. */
function niceFloor(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [5, 2, 1].find(one => one * power <= value * (1 + 1e-9))!;
  return Number((step * power).toPrecision(1));
}

/** The next of 1, 1.5, 2, 3, … × 10ⁿ: its half is a short number too. */
function niceCeiling(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(one => value <= one * power * (1 + 1e-9))!;
  return Number((step * power).toPrecision(3));
}
