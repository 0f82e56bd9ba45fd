import { TASK_OUTCOMES, type TaskTable } from '../packed-tasks.js';
import { layRows } from './rows.js';
import { firstAbove, firstFrom } from './search.js';

/** A worker's tasks, in as many rows as it had in flight at one moment. */
export interface Track {
  /** From 0. */
  readonly worker: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly tasks: number;
}

/**
 * All started tasks of a trial, each at one place: by track, by row, then by start. Columns that ascend within a row, so that
 * what is to be seen of it is found by bisection.
 */
export interface TrialLayout {
  readonly table: TaskTable;
  readonly wallMs: number;
  readonly tracks: readonly Track[];
  readonly rows: number;
  /** The places of a row are those from `rowStart[row]` to before `rowStart[row + 1]`. */
  readonly rowStart: Uint32Array;
  /** By place. */
  readonly index: Uint32Array;
  readonly startedMs: Float64Array;
  readonly endedMs: Float64Array;
}

/** No task is there. */
export const NO_PLACE = 0xffffffff;

const NOT_STARTED = TASK_OUTCOMES.indexOf('not started');
const RUNNING = TASK_OUTCOMES.indexOf('running');
const COMPLETED = TASK_OUTCOMES.indexOf('completed');

export function layTrial(table: TaskTable, wallMs: number): TrialLayout {
  const members = tasksByWorker(table);
  const places = [...members.values()].reduce((sum, { length }) => sum + length, 0);
  const index = new Uint32Array(places);
  const [startedMs, endedMs] = [new Float64Array(places), new Float64Array(places)];
  const tracks: Track[] = [];
  const rowStart = [0];
  for (const worker of [...members.keys()].sort((a, b) => a - b)) {
    const tasks = members.get(worker)!;
    const starts = Float64Array.from(tasks, task => table.startedMs[task]!);
    const ends = Float64Array.from(tasks, task => endOf(table, task, wallMs));
    const { rows, rowOf, byStart } = layRows(starts, ends);
    const firstRow = rowStart.length - 1;
    const next = placesOfRows(rowOf, rows, rowStart);
    for (const member of byStart) {
      const place = next[rowOf[member]!]!++;
      index[place] = tasks[member]!;
      startedMs[place] = starts[member]!;
      endedMs[place] = ends[member]!;
    }
    tracks.push({ worker, firstRow, rows, tasks: tasks.length });
  }
  const rows = rowStart.length - 1;
  return {
    table,
    wallMs,
    tracks,
    rows,
    rowStart: Uint32Array.from(rowStart),
    index,
    startedMs,
    endedMs,
  };
}

function tasksByWorker({ outcome, worker }: TaskTable): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let task = 0; task < outcome.length; task++) {
    if (outcome[task] === NOT_STARTED) continue;
    const others = members.get(worker[task]!);
    if (others === undefined) members.set(worker[task]!, [task]);
    else others.push(task);
  }
  return members;
}

/** One that never ended ran as long as the trial. */
function endOf({ outcome, startedMs, finishedMs }: TaskTable, task: number, wallMs: number): number {
  const endMs = outcome[task] === RUNNING ? wallMs : finishedMs[task]!;
  return Math.max(startedMs[task]!, endMs);
}

/** Adds the ends of these rows, and returns the first place of each. */
function placesOfRows(rowOf: Uint32Array, rows: number, rowStart: number[]): Uint32Array {
  const sizes = new Uint32Array(rows);
  for (const row of rowOf) sizes[row]!++;
  const first = new Uint32Array(rows);
  sizes.forEach((size, row) => {
    first[row] = rowStart.at(-1)!;
    rowStart.push(first[row]! + size);
  });
  return first;
}

/** Neither a success nor still under way. */
export function hasFailed({ outcome }: TaskTable, task: number): boolean {
  return outcome[task] !== COMPLETED && outcome[task] !== RUNNING && outcome[task] !== NOT_STARTED;
}

/** A time window: of a view, or of the whole trial. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The places of a row whose tasks ran within that time, if only at its edge. */
export function placesWithin(layout: TrialLayout, row: number, { fromMs, toMs }: Span): [number, number] {
  const { rowStart, startedMs, endedMs } = layout;
  const [first, end] = [rowStart[row]!, rowStart[row + 1]!];
  const from = firstFrom(endedMs, fromMs, first, end);
  return [from, firstAbove(startedMs, toMs, from, end)];
}

/** What of a task's time is drawn in its row: before and after it ran as much as is free there. */
export interface Segments {
  readonly waitingMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly deliveredMs: number;
}

/** @param row of the place */
export function segmentsAt(layout: TrialLayout, place: number, row: number): Segments {
  const { table, rowStart, index, startedMs: starts, endedMs: ends } = layout;
  const [startedMs, endedMs] = [starts[place]!, ends[place]!];
  const task = index[place]!;
  const before = place > rowStart[row]! ? ends[place - 1]! : 0;
  const after = place + 1 < rowStart[row + 1]! ? starts[place + 1]! : Number.POSITIVE_INFINITY;
  const deliveredMs = table.deliveredMs[task]!;
  return {
    waitingMs: Math.min(startedMs, Math.max(before, table.queuedMs[task]!)),
    startedMs,
    endedMs,
    deliveredMs: Number.isNaN(deliveredMs) ? endedMs : Math.max(endedMs, Math.min(deliveredMs, after)),
  };
}

/** The row of a place, by bisection. */
export function rowAt({ rowStart, rows }: TrialLayout, place: number): number {
  let [low, high] = [0, rows - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (rowStart[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
