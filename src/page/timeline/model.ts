import type { TrialData } from '../../report/html/timeline-data.js';
import { TASK_OUTCOMES, type TaskTable } from '../../stats/packed-tasks.js';
import { edgesOf, type LineEdges } from '../../stats/timeline/coverage.js';
import {
  type BlockGeometry,
  type BlockSpec,
  type Geometry,
  geometryOf,
  type TrackGeometry,
} from '../../stats/timeline/geometry.js';
import { hasFailed, type Track, type TrialLayout } from '../../stats/timeline/layout.js';
import { blockSpecOf, pictureOf, type TrialPicture } from '../../stats/timeline/trial.js';
import { spellsFrom } from './spells.js';

/** All that frames are drawn from: made once. */
export interface Model {
  readonly blocks: readonly Block[];
  readonly geometry: Geometry;
  /** The time that all blocks share, from 0. */
  readonly wholeMs: number;
  /** That started. */
  readonly tasks: number;
  /** How many times the usual room rows have. */
  readonly rowScale: number;
}

/** An executor. */
export interface Block {
  readonly data: TrialData;
  readonly picture: TrialPicture;
  readonly geometry: BlockGeometry;
  readonly tracks: readonly BlockTrack[];
}

export interface BlockTrack {
  readonly track: Track;
  readonly geometry: TrackGeometry;
  readonly lines: readonly CoveredLine[];
  /** When tasks began that failed, ascending. */
  readonly failedMs: Float64Array;
}

export interface CoveredLine {
  readonly rows: number;
  readonly all: LineEdges;
  /** Null: nothing in it has failed. */
  readonly failed: LineEdges | null;
}

type LayOut = (specs: readonly BlockSpec[], rowScale: number) => Geometry;

/** @param layOut where everything stands: a race has less room for each than a report */
export function modelOf(
  trials: readonly { readonly data: TrialData; readonly table: TaskTable }[],
  layOut: LayOut = geometryOf,
): Model {
  const pictures = trials.map(({ data, table }) =>
    pictureOf(table, data.wallMs, data.busy === null ? null : spellsFrom(data.busy, data.unitMs)),
  );
  return laidOut(
    trials.map(({ data }, at) => ({ data, picture: pictures[at]! })),
    1,
    layOut,
  );
}

/** The same tasks, in rows that have so many times the usual room. */
export function withRowScale({ blocks }: Model, rowScale: number): Model {
  return laidOut(blocks, rowScale, geometryOf);
}

function laidOut(
  trials: readonly Pick<Block, 'data' | 'picture'>[],
  rowScale: number,
  layOut: LayOut,
): Model {
  const pictures = trials.map(({ picture }) => picture);
  const geometry = layOut(pictures.map(blockSpecOf), rowScale);
  const blocks = trials.map(({ data, picture }, at): Block => {
    const own = geometry.blocks[at]!;
    const tracks = picture.layout.tracks.map((track, index) =>
      trackOf(picture.layout, track, own.tracks[index]!),
    );
    return { data, picture, geometry: own, tracks };
  });
  return {
    blocks,
    geometry,
    wholeMs: Math.max(1e-6, ...trials.map(({ data }) => data.wallMs)),
    tasks: pictures.reduce((sum, { layout }) => sum + layout.index.length, 0),
    rowScale,
  };
}

function trackOf(layout: TrialLayout, track: Track, geometry: TrackGeometry): BlockTrack {
  const isFailed = (place: number) => hasFailed(layout.table, layout.index[place]!);
  const [first, end] = [layout.rowStart[track.firstRow]!, layout.rowStart[track.firstRow + track.rows]!];
  const failed: number[] = [];
  for (let place = first; place < end; place++) if (isFailed(place)) failed.push(layout.startedMs[place]!);
  const failedMs = Float64Array.from(failed).sort();
  const lines = geometry.lines.map(line => ({
    rows: line.rows,
    all: edgesOf(layout, line),
    failed: failed.length === 0 ? null : edgesOf(layout, line, isFailed),
  }));
  return { track, geometry, lines, failedMs };
}

/** The track that has a row. */
export function trackAt({ tracks }: Block, row: number): BlockTrack {
  return tracks.findLast(({ track }) => track.firstRow <= row)!;
}

/** One task of the picture. */
export interface TaskRef {
  readonly block: number;
  readonly place: number;
}

export function factsOf(model: Model, { block, place }: TaskRef) {
  const { data, picture } = model.blocks[block]!;
  const { table, index } = picture.layout;
  const task = index[place]!;
  const known = data.firstTasks.find(one => one.index === task);
  return {
    index: task,
    executor: data.executor,
    family: data.family,
    worker: table.worker[task]!,
    outcome: known?.outcome ?? outcomeWord(table, task),
    says: known?.says ?? null,
    queuedMs: table.queuedMs[task]!,
    startedMs: table.startedMs[task]!,
    finishedMs: table.finishedMs[task]!,
    deliveredMs: table.deliveredMs[task]!,
  };
}

function outcomeWord({ outcome }: TaskTable, task: number): string {
  return TASK_OUTCOMES[outcome[task]!] ?? 'failed';
}
