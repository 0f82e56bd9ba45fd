import { times } from '../../format.js';
import type {
  ChangeBarsView,
  ChangeRowView,
  RatioEndView,
  RatioPairsView,
  RatioPairView,
} from '../../view/comparison.js';
import type { Looks } from '../looks.js';
import type { Markup } from '../markup.js';
import { drawInterval } from './bars.js';
import { type Drawing, describe } from './frame.js';
import { symbolAt, toned } from './marks.js';
import { ratioScale } from './ratio-scale.js';
import { BAR, EDGE, heightOf, ROW_HEIGHT, rowAxis, rowHead, ruleThroughRows } from './rows.js';
import type { Scale } from './scales.js';

/** Half a symbol, that none is cut. */
const INSET = 6;
/** Between the two ends of a pair. */
const APART = 8;

/** A point with its interval for each executor, and a line where nothing changed. */
export function drawChanges({ rows }: ChangeBarsView, looks: Looks): Drawing {
  const scale = scaleFor([1, ...rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])])]);
  return {
    height: heightOf(rows.length),
    description: describe(rows.map(({ label, text }) => `${label} ${text}`)),
    content: [
      rowAxis(scale, 0, rows.length, times),
      ruleThroughRows(scale.of(1), 0, rows.length, true),
      rows.map((row, at) => drawChange(row, at * ROW_HEIGHT, scale, looks)),
    ],
  };
}

function drawChange(row: ChangeRowView, top: number, scale: Scale, looks: Looks): Markup[] {
  const look = looks(row.executor);
  const y = top + BAR.top + BAR.height / 2;
  const whisker = row.interval === null ? null : drawInterval(row.interval, y, scale);
  return [
    ...rowHead(look, row.label, row.text, top),
    toned(look, whisker, symbolAt(look, scale.of(row.value), y)),
  ];
}

/** The ratio before, hollow, and after, full, one above the other. */
export function drawRatioPairs({ rows }: RatioPairsView, looks: Looks): Drawing {
  const ends = rows.flatMap(({ before, after }) => [before, after]);
  const scale = scaleFor(ends.flatMap(({ value, interval }) => [value, ...(interval ?? [])]));
  return {
    height: heightOf(rows.length),
    description: describe(rows.map(({ label, text }) => `${label} ${text}`)),
    content: [
      rowAxis(scale, 0, rows.length, times),
      rows.map((row, at) => drawPair(row, at * ROW_HEIGHT, scale, looks)),
    ],
  };
}

function drawPair(row: RatioPairView, top: number, scale: Scale, looks: Looks): Markup[] {
  const look = looks(row.executor);
  const y = top + BAR.top + 3.5;
  const end = ({ value, interval }: RatioEndView, height: number, isHollow: boolean) => [
    interval === null ? null : drawInterval(interval, height, scale),
    symbolAt(look, scale.of(value), height, isHollow),
  ];
  return [
    ...rowHead(look, row.label, row.text, top),
    toned(look, end(row.before, y, true), end(row.after, y + APART, false)),
  ];
}

function scaleFor(values: readonly number[]): Scale {
  return ratioScale(values, EDGE.left + INSET, EDGE.right - INSET);
}
