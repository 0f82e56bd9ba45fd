import { padEnd, padStart, truncate, widthOf, wrap } from '../text.js';
import type { HeatCellView, HeatMapView } from '../view/types.js';
import type { Paint } from './paint.js';

const GAP = ' ';
const LEGEND_GAP = '   ';

/** A row for each wait, a column for each time of computing: a symbol and a figure, or where there is no room the symbol alone. */
export function renderHeatMap(map: HeatMapView, width: number, paint: Paint): string[] {
  const { rows, columns, columnTitle, rowTitle } = map;
  const labelWidth = Math.max(widthOf(rowTitle), ...rows.map(({ label }) => widthOf(label)));
  const figures = rows.flatMap(({ cells }) => cells.map(({ figure }) => widthOf(figure)));
  const full = 1 + Math.max(...figures, ...columns.map(label => widthOf(label) - 1));
  const room = Math.floor((width - labelWidth) / columns.length) - GAP.length;
  const hasFigures = room >= full;
  const cellWidth = hasFigures ? full : 1;
  const indent = ' '.repeat(labelWidth + GAP.length);
  const columnsWidth = columns.length * (cellWidth + GAP.length) - GAP.length;
  const labels = hasFigures
    ? columns.map(label => padStart(label, cellWidth)).join(GAP)
    : endsOf(columns, columnsWidth);
  const line = (label: string, text: string) =>
    `${paint.quiet(padEnd(label, labelWidth))}${GAP}${text}`.trimEnd();
  return [
    paint.quiet(truncate(indent + columnTitle, width)),
    line(rowTitle, paint.quiet(truncate(labels, Math.max(0, width - labelWidth - GAP.length)))),
    ...rows.map(({ label, cells }) =>
      line(label, cells.map(cell => cellText(cell, cellWidth, hasFigures, paint)).join(GAP)),
    ),
    ...legendLines(map.legend, width).map(paint.quiet),
  ];
}

function cellText(
  { symbol, figure, tone }: HeatCellView,
  width: number,
  hasFigure: boolean,
  paint: Paint,
): string {
  const text = hasFigure ? padStart(symbol + figure, width) : symbol;
  return tone === null ? text : paint[tone](text);
}

/** `0.02 … 20` under the first and the last column. */
function endsOf(columns: readonly string[], width: number): string {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const between = width - widthOf(first) - widthOf(last);
  return between < 3 ? `${first} … ${last}` : first + padStart(last, width - widthOf(first));
}

function legendLines(texts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const longer = lines.length === 0 ? text : lines.at(-1) + LEGEND_GAP + text;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines.flatMap(line => (widthOf(line) <= width ? [line] : wrap(line, width)));
}
