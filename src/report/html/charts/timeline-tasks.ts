import { addCovered, edgesOf, type Line } from '../../../stats/timeline/coverage.js';
import {
  BAR_OPACITIES,
  type BlockGeometry,
  barWithin,
  type TrackGeometry,
} from '../../../stats/timeline/geometry.js';
import { hasFailed, segmentsAt, type TrialLayout } from '../../../stats/timeline/layout.js';
import { type Content, element, type Markup } from '../markup.js';
import { INK, STATES } from '../style.js';

/** Units across of what is stretched to the width of the picture. */
export const INNER_WIDTH = 10_000;
/** So many tasks of an executor are drawn one by one. */
const MOST_BARS = 1_000;
/** A bar is seen however short it is. */
const LEAST_WIDTH = 10;
/** Between one task and the next, where that leaves most of a bar. */
const GAP = 10;
const MOST_CELLS = 8_000;
const MOST_COLUMNS = 500;
const SHADES = 6;

/** All tasks of a block, in paths by state; where they are too many, how much of each part was covered. */
export function tracksMarks(layout: TrialLayout, block: BlockGeometry, longestMs: number): Markup[] {
  const isEach = layout.index.length <= MOST_BARS;
  const marks = block.tracks.flatMap(track => {
    const isRowEach = track.lines.every(({ rows }) => rows === 1);
    const top = track.top - block.top;
    return isEach && isRowEach ? bars(layout, track, top, longestMs) : shades(layout, track, top, longestMs);
  });
  return [...marks, ...failureTicks(layout, block, longestMs)];
}

const xOf = (ms: number, longestMs: number) => Math.round((INNER_WIDTH * ms) / longestMs);

/** Paths are short where coordinates are whole or have one digit. */
const short = (value: number) => String(Number(value.toFixed(1)));

const box = (x: number, y: string, width: number, height: string) =>
  `M${x} ${y}h${width}v${height}h-${width}z`;

function bars(
  layout: TrialLayout,
  { lines, lineHeight }: TrackGeometry,
  top: number,
  longestMs: number,
): Markup[] {
  const paths = { waiting: '', running: '', delivery: '', failed: '', crosses: '' };
  const { offset, height } = barWithin(lineHeight);
  lines.forEach(({ firstRow }, at) => {
    const y = top + at * lineHeight + offset;
    for (let place = layout.rowStart[firstRow]!; place < layout.rowStart[firstRow + 1]!; place++) {
      const { waitingMs, startedMs, endedMs, deliveredMs } = segmentsAt(layout, place, firstRow);
      const [waits, from, to, done] = [waitingMs, startedMs, endedMs, deliveredMs].map(ms =>
        xOf(ms, longestMs),
      );
      const ran = to! - from!;
      const width = Math.max(LEAST_WIDTH, ran >= 4 * GAP ? ran - GAP : ran);
      const mark = box(from!, short(y), width, short(height));
      const isFailed = hasFailed(layout.table, layout.index[place]!);
      paths[isFailed ? 'failed' : 'running'] += mark;
      if (isFailed) paths.crosses += crossWithin(from!, y, width, height);
      if (from! > waits!) paths.waiting += box(waits!, short(y), from! - waits!, short(height));
      if (done! > to!)
        paths.delivery += box(to!, short(y + height / 3), done! - to!, short(Math.max(1, height / 3)));
    }
  });
  return [
    filled(paths.waiting, String(BAR_OPACITIES.waiting)),
    filled(paths.running, String(BAR_OPACITIES.running)),
    filled(paths.delivery, String(BAR_OPACITIES.delivery)),
    failedGroup(filled(paths.failed, '1'), crosses(paths.crosses)),
  ].filter(mark => mark !== null);
}

export interface BarPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A bar by itself, in a key. */
export function bar(kind: keyof typeof BAR_OPACITIES, { x, y, width, height }: BarPlace): Markup {
  const isThin = kind === 'delivery';
  return element('rect', {
    x,
    y: isThin ? y + height / 3 : y,
    width,
    height: isThin ? height / 3 : height,
    fill: 'currentColor',
    'fill-opacity': String(BAR_OPACITIES[kind]),
  });
}

export function failedBar({ x, y, width, height }: BarPlace): Markup {
  const path = box(x, short(y), width, short(height));
  return failedGroup(filled(path, '1'), crosses(crossWithin(x, y, width, height)))!;
}

function crossWithin(x: number, y: number, width: number, height: number): string {
  return `M${x} ${short(y)}l${width} ${short(height)}m0 ${short(-height)}l${-width} ${short(height)}`;
}

function filled(path: string, opacity: string): Markup | null {
  return path === '' ? null : element('path', { d: path, fill: 'currentColor', 'fill-opacity': opacity });
}

/** Told apart without colour too. */
function crosses(path: string): Markup | null {
  if (path === '') return null;
  const lines = element('path', {
    d: path,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1,
    'vector-effect': 'non-scaling-stroke',
  });
  return element('g', { class: 'paper', color: INK.light.paper }, lines);
}

function failedGroup(...content: readonly Content[]): Markup | null {
  if (content.every(one => one === null)) return null;
  return element('g', { class: 'invalid', color: STATES.light.invalid }, content);
}

/** Red notches above the track: not even one failure among thousands is lost. */
function failureTicks(layout: TrialLayout, block: BlockGeometry, longestMs: number): Markup[] {
  const ticks = layout.tracks.map(({ firstRow, rows }, at) => {
    const y = short(block.tracks[at]!.top - block.top - 4);
    const places = new Set<number>();
    for (let place = layout.rowStart[firstRow]!; place < layout.rowStart[firstRow + rows]!; place++)
      if (hasFailed(layout.table, layout.index[place]!))
        places.add(Math.round(xOf(layout.startedMs[place]!, longestMs) / 20) * 20);
    return [...places].map(x => box(x, y, 20, '3')).join('');
  });
  const mark = failedGroup(filled(ticks.join(''), '1'));
  return mark === null ? [] : [mark];
}

/** How much of each part of the time was covered, in a few shades: a path for each. */
function shades(layout: TrialLayout, track: TrackGeometry, top: number, longestMs: number): Markup[] {
  const lines = fewer(track.lines, Math.max(1, Math.floor(MOST_CELLS / MOST_COLUMNS / 2) * 4));
  const columns = Math.min(MOST_COLUMNS, Math.floor(MOST_CELLS / lines.length));
  const height = track.height / lines.length;
  const paths = Array.from({ length: SHADES + 1 }, () => '');
  const cellMs = longestMs / columns;
  lines.forEach((line, at) => {
    const covered = new Float32Array(columns);
    addCovered(edgesOf(layout, line), { fromMs: 0, toMs: longestMs }, covered);
    const shadeOf = (column: number) => {
      const share = covered[column]! / (cellMs * line.rows);
      return share <= 0 ? 0 : Math.min(SHADES, Math.max(1, Math.round(share * SHADES)));
    };
    for (let column = 0; column < columns; ) {
      const shade = shadeOf(column);
      const from = column;
      while (column < columns && shadeOf(column) === shade) column++;
      const [x, end] = [from, column].map(place => Math.round((place * INNER_WIDTH) / columns));
      if (shade > 0) paths[shade] += box(x!, short(top + at * height), end! - x!, short(height));
    }
  });
  return paths.flatMap((path, shade) => filled(path, ((0.9 * shade) / SHADES).toFixed(2)) ?? []);
}

/** Lines joined to so many at most. */
function fewer(lines: readonly Line[], most: number): Line[] {
  const step = Math.ceil(lines.length / most);
  return Array.from({ length: Math.ceil(lines.length / step) }, (_, at) => {
    const joined = lines.slice(at * step, (at + 1) * step);
    return { firstRow: joined[0]!.firstRow, rows: joined.reduce((sum, { rows }) => sum + rows, 0) };
  });
}
