import type { MapBoundary, MapState, ThreadsMap } from '../../schema/index.js';
import { exactNumber, milliseconds } from '../format.js';
import { nearestWait, STATE_SYMBOLS, STATE_WORDS } from '../words/map.js';
import { MAP_PICTURE_METHOD } from '../words/methods.js';
import type { ThreadsMapCellView, ThreadsMapPicture } from './picture-types.js';
import type { HeatMapView } from './types.js';

/** The heat map as a picture: what its table says, with boundaries and the task where they are between its columns. */
export function mapPicture(map: ThreadsMap, { columns, columnTitle, rowTitle, rows, legend }: HeatMapView) {
  const { waitsMs, cpusMs, places, boundaries, task } = map;
  const place = (ms: number) => placeOf(cpusMs, ms);
  const row = task === null ? -1 : waitsMs.indexOf(nearestWait(boundaries, task.waitMs).waitMs);
  return {
    title: 'Threads ÷ loop, by what a task waits and computes',
    method: `${MAP_PICTURE_METHOD} ${legend.join(', ')}.`,
    columnTitle,
    rowTitle,
    columns,
    rows: rows.map(({ label }) => label),
    loop: map.loop,
    threads: map.threads,
    cells: waitsMs.map((waitMs, at) =>
      places
        .filter(one => one.waitMs === waitMs)
        .map((one, column): ThreadsMapCellView => {
          const { state, ratio } = one;
          const { figure } = rows[at]!.cells[column]!;
          return { state, ratio, symbol: STATE_SYMBOLS[state], figure, words: wordsOf(one) };
        }),
    ),
    boundaries: boundaries.map(boundary => {
      const { lowMs, atMs, highMs } = boundary;
      if (!isDrawn(boundary)) return null;
      return { low: place(lowMs!), at: place(atMs ?? highMs!), high: place(highMs!) };
    }),
    task: task === null || row < 0 ? null : { row, at: place(task.cpuMs), name: task.name },
  } satisfies ThreadsMapPicture;
}

function isDrawn({ kind, lowMs, highMs }: MapBoundary): boolean {
  return kind === 'between' && lowMs !== null && highMs !== null;
}

function wordsOf({
  waitMs,
  cpuMs,
  state,
  ratio,
}: {
  waitMs: number;
  cpuMs: number;
  state: MapState;
  ratio: number | null;
}) {
  const task = `waits ${waitMs === 0 ? 'not at all' : milliseconds(waitMs)}, computes ${milliseconds(cpuMs)}`;
  return `${task}: ${ratio === null ? '' : `${exactNumber(Number(ratio.toPrecision(3)))}, `}${STATE_WORDS[state]}`;
}

/** In columns from the left, whose middles are at ½, 1½, …; between them on a logarithmic axis. */
export function placeOf(cpusMs: readonly number[], ms: number): number {
  const last = cpusMs.length - 1;
  if (!(ms > cpusMs[0]!)) return ms < cpusMs[0]! ? 0 : 0.5;
  if (ms >= cpusMs[last]!) return ms > cpusMs[last]! ? last + 1 : last + 0.5;
  const next = cpusMs.findIndex(one => one > ms);
  const [from, to] = [cpusMs[next - 1]!, cpusMs[next]!];
  return next - 0.5 + Math.log(ms / from) / Math.log(to / from);
}
