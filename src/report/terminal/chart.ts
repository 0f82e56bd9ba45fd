import { exactNumber } from '../format.js';
import { padStart, truncate, widthOf } from '../text.js';
import type { ChartView, LineView } from '../view/types.js';
import { type DrawnLine, withSymbols } from './chart-lines.js';
import type { Brush, Paint } from './paint.js';

/** What is in a cell: a symbol, or the dots of a line (bits of a braille character). */
interface Cell {
  symbol: string | null;
  dots: number;
  line: DrawnLine | null;
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
const WIDEST = 72;
/** Lines of the plot itself. */
const HEIGHT = 8;
/** From here on what is small would lie on the axis. */
const WIDE_RANGE = 20;
const EVEN_STEPS = 3;

/** Lines through points, from 0 upwards, the lowest on top. Empty when there is no room for it. */
export function renderChart(chart: ChartView, widthThere: number, paint: Paint): string[] {
  const width = Math.min(widthThere, WIDEST);
  const { xTicks, leftOut } = chart;
  const lines = withSymbols(chart.lines).sort((a, b) => peakOf(b) - peakOf(a));
  const y = yScaleOf(chart);
  const marks = [y.bottom, y.top, ...chart.yMarks.filter(mark => mark > y.bottom && mark < y.top)];
  const gutter = Math.max(...marks.map(mark => widthOf(exactNumber(mark))));
  const columns = width - gutter - 2;
  if (columns < NARROWEST_PLOT || y.top <= 0) return [];

  const xColumn = xScaleOf(chart, columns);
  const grid = Array.from({ length: HEIGHT }, () =>
    Array.from({ length: columns }, (): Cell => ({ symbol: null, dots: 0, line: null })),
  );
  const range = [xTicks[0]!.x, xTicks.at(-1)!.x] as const;
  const paths = lines.toReversed().map(line => ({
    line,
    path: pathOf(line, range).map(point => ({ column: xColumn(point.x), dot: y.dot(point.y) })),
  }));
  for (const { line, path } of paths) drawLine(grid, line, path);
  for (const { line, path } of paths) {
    for (const { column, dot } of path) {
      const cell = grid[Math.floor(dot / DOTS_DOWN)]![column]!;
      cell.symbol = line.symbol;
      cell.line = line;
    }
  }
  return [
    ...legend(chart.title, lines, width, paint),
    ...grid.map((cells, row) => {
      const mark = marks.find(one => Math.floor(y.dot(one) / DOTS_DOWN) === row);
      const label = padStart(mark === undefined ? '' : exactNumber(mark), gutter);
      const axis = paint.quiet(`${label} ${mark === undefined ? '│' : '┤'}`);
      return `${axis}${cells.map(cell => paintCell(cell, paint)).join('')}`.trimEnd();
    }),
    ...xAxis(xTicks, gutter, columns, xColumn).map(paint.quiet),
    ...(leftOut.length === 0 ? [] : [paint.quiet(truncate(`not drawn: ${leftOut.join(', ')}`, width))]),
  ];
}

function peakOf({ points }: LineView): number {
  return Math.max(...points.map(({ y }) => y));
}

function pathOf({ points, isLevel }: LineView, [from, to]: readonly [number, number]) {
  if (!isLevel) return [...points].sort((a, b) => a.x - b.x);
  const { y } = points[0]!;
  return [
    { x: from, y },
    { x: to, y },
  ];
}

/** Dots from the top; logarithmic, from the smallest y instead of from 0, where the range asks for it. */
function yScaleOf({ lines, mayBeLogarithmic }: ChartView) {
  const all = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const ys = all.filter(y => y > 0);
  const isLogarithmic = mayBeLogarithmic && Math.max(...ys) > WIDE_RANGE * Math.min(...ys);
  const top = niceCeiling(Math.max(0, ...all));
  const bottom = isLogarithmic ? niceFloor(Math.min(...all)) : 0;
  const share = (y: number) => (isLogarithmic ? Math.log(y / bottom) / Math.log(top / bottom) : y / top);
  return { top, bottom, dot: (y: number) => Math.round((1 - share(y)) * (HEIGHT * DOTS_DOWN - 1)) };
}

/** Columns in proportion to the values, a column left free at each end. */
function xScaleOf({ xTicks, mayBeLogarithmic }: ChartView, columns: number): (x: number) => number {
  const [first, last] = [xTicks[0]!.x, xTicks.at(-1)!.x];
  const isLogarithmic = mayBeLogarithmic && first > 0 && last > EVEN_STEPS * first;
  const scale = isLogarithmic ? Math.log : (x: number) => x;
  const span = scale(last) - scale(first);
  return x => 1 + Math.round(((scale(x) - scale(first)) / span) * (columns - 4));
}

function drawLine(grid: Cell[][], line: DrawnLine, path: readonly { column: number; dot: number }[]): void {
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
      cell.line = line;
    }
  }
}

function paintCell({ symbol, dots, line }: Cell, paint: Paint): string {
  return line === null ? ' ' : brushOf(line, paint)(symbol ?? String.fromCharCode(BRAILLE + dots));
}

function brushOf({ family }: LineView, paint: Paint): Brush {
  return family === null ? paint.quiet : paint[family];
}

/** The title, and each line with its symbol: in as many lines of text as that takes. */
function legend(title: string, lines: readonly DrawnLine[], width: number, paint: Paint): string[] {
  const texts = [{ text: paint.quiet(truncate(title, width)), used: Math.min(width, widthOf(title)) }];
  for (const line of lines) {
    const name = truncate(line.label, Math.min(LONGEST_LABEL, width - LEGEND_GAP.length - 2));
    const used = LEGEND_GAP.length + 2 + widthOf(name);
    if (texts.at(-1)!.used + used > width) texts.push({ text: '', used: 0 });
    const last = texts.at(-1)!;
    last.text += `${LEGEND_GAP}${brushOf(line, paint)(line.symbol)} ${name}`;
    last.used += used;
  }
  return texts.map(({ text }) => text);
}

function xAxis(
  xTicks: ChartView['xTicks'],
  gutter: number,
  columns: number,
  xColumn: (x: number) => number,
): string[] {
  const rule = Array.from({ length: columns }, () => '─');
  let labels = '';
  for (const { x, label } of xTicks) {
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
