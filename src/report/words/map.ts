import type { MapBoundary, MapState, Report, ThreadsMap } from '../../schema/index.js';
import { shareOff } from '../../stats/share-off.js';
import { count, duration, milliseconds, percent } from '../format.js';
import { listed } from './labels.js';

/** What a map shows, in sentences without the last full stop. */
export interface MapWords {
  readonly headline: string;
  readonly sentences: readonly string[];
}

export const STATE_WORDS: Readonly<Record<MapState, string>> = {
  threads: 'threads pay',
  same: 'the same',
  loop: 'the loop is ahead',
  undecided: 'undecided',
  filled: 'not measured, from the model',
  blank: 'not known',
};

/** Told apart without colour. */
export const STATE_SYMBOLS: Readonly<Record<MapState, string>> = {
  threads: '▲',
  same: '=',
  loop: '▼',
  undecided: '░',
  filled: '~',
  blank: '·',
};

/** Boundaries that are no farther apart than this factor are one, in a headline. */
const ALIKE = 1.5;

/** Pure. */
export function mapWords({ interrupted }: Pick<Report, 'interrupted'>, map: ThreadsMap): MapWords {
  if (map.cells.length === 0) return { headline: nothingHeadline(interrupted), sentences: [] };
  const { threads, threadCount, loop, inFlight, pays } = map;
  const who = `${threads} with ${threadCount} ${threadCount === 1 ? 'thread' : 'threads'} against ${loop}, ${count(inFlight)} tasks in flight`;
  return {
    headline: headlineOf(map),
    sentences: [
      `Drawn is how many times as much threads do: ${who}. They pay where that is ${percent(pays)} more, surely (95 %)`,
      ...seenBoundaries(map).map(boundary => boundarySentence(boundary, map)),
      unseenSentence(map),
      filledSentence(map),
      busySentence(map),
      effortSentence(interrupted, map),
    ].filter(sentence => sentence !== null),
  };
}

function nothingHeadline(interrupted: boolean): string {
  return interrupted
    ? 'No map yet: interrupted before a cell was measured'
    : 'No map: nothing could be measured';
}

/** For whoever reads nothing else. */
function headlineOf({ boundaries, waitsMs, cpusMs }: ThreadsMap): string {
  const known = boundaries.filter(({ kind }) => kind === 'between' || kind === 'always' || kind === 'never');
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return 'Undecided: no boundary was found within this budget';
  const isWhole = known.length === waitsMs.length && waitsMs.length > 1;
  if (known.every(({ kind }) => kind === 'never'))
    return `Threads do not pay up to ${milliseconds(cpusMs.at(-1)!)} of computing a task${whatever(isWhole, known)}`;
  const from = known.map(fromMs);
  if (from.every(ms => ms !== null) && Math.max(...from) <= ALIKE * Math.min(...from))
    return `Threads pay from about ${milliseconds(middleOf(from))} of computing a task on${whatever(isWhole, known)}`;
  return `Threads pay ${fromText(first, cpusMs)} where it ${waitText(first)}, ${fromText(last, cpusMs, '')} where it ${waitText(last)}`;
}

function whatever(isWhole: boolean, known: readonly MapBoundary[]): string {
  return isWhole ? ', whatever it waits' : ` where it ${listed(known.map(waitText))}`;
}

function middleOf(values: readonly number[]): number {
  return Math.sqrt(Math.max(...values) * Math.min(...values));
}

/** Null: not in this range. */
function fromMs({ kind, atMs, highMs }: MapBoundary): number | null {
  return kind === 'never' ? null : kind === 'between' ? (atMs ?? highMs) : highMs;
}

/** @param what is computed; empty beside another one */
function fromText(boundary: MapBoundary, cpusMs: readonly number[], what = ' of computing a task'): string {
  const ms = fromMs(boundary);
  if (ms === null) return `not even with ${milliseconds(cpusMs.at(-1)!)} of computing`;
  return `from ${boundary.kind === 'always' ? '' : 'about '}${milliseconds(ms)}${what} on`;
}

function waitText({ waitMs }: Pick<MapBoundary, 'waitMs'>): string {
  return waitMs === 0 ? 'does not wait' : `waits ${milliseconds(waitMs)}`;
}

function isSeen({ waitMs }: MapBoundary, { cells }: ThreadsMap): boolean {
  return cells.some(cell => cell.waitMs === waitMs);
}

function seenBoundaries(map: ThreadsMap): MapBoundary[] {
  return map.boundaries.filter(boundary => isSeen(boundary, map));
}

/** Rows that there was no time for. */
function unseenSentence(map: ThreadsMap): string | null {
  const unseen = map.boundaries.filter(boundary => !isSeen(boundary, map));
  if (unseen.length === 0) return null;
  const waits = unseen.map(({ waitMs }) => milliseconds(waitMs));
  return `Not measured within this budget: tasks that wait ${listed(waits)}`;
}

function boundarySentence(boundary: MapBoundary, { cpusMs }: ThreadsMap): string {
  const { kind, lowMs, highMs, atMs, waitMs } = boundary;
  const lead = waitMs === 0 ? 'Without waiting' : `Waiting ${milliseconds(waitMs)}`;
  const [least, most] = [milliseconds(cpusMs[0]!), milliseconds(cpusMs.at(-1)!)];
  switch (kind) {
    case 'always':
      return `${lead}: threads pay from ${least} of computing on, the least that was asked about`;
    case 'never':
      return `${lead}: threads do not pay up to ${most} of computing`;
    case 'mixed':
      return `${lead}: no boundary; threads pay at ${milliseconds(highMs!)} of computing, and do not at ${milliseconds(lowMs!)}`;
    case 'between':
      return `${lead}: threads pay from about ${milliseconds(atMs ?? highMs!)} of computing on [${milliseconds(lowMs!)}, ${milliseconds(highMs!)}]`;
    default:
      return `${lead}: undecided; ${openText(lowMs, highMs)}`;
  }
}

function openText(lowMs: number | null, highMs: number | null): string {
  const parts = [
    lowMs === null ? null : `threads do not pay at ${milliseconds(lowMs)} of computing`,
    highMs === null ? null : `threads pay at ${milliseconds(highMs)} of computing`,
  ].filter(part => part !== null);
  return parts.length === 0 ? 'no cell that was measured is sure' : listed(parts);
}

function filledSentence({ places, model }: ThreadsMap): string | null {
  const filled = places.filter(({ state }) => state === 'filled');
  const blank = places.filter(({ state }) => state === 'blank').length;
  const left =
    blank === 0 ? '' : `; ${count(blank)} are left blank, since it is too far off there or was not checked`;
  if (model === null || filled.length === 0)
    return blank === 0 ? null : `Not measured, and left blank: ${cellsText(blank)}`;
  const rows = new Set(filled.map(({ waitMs }) => waitMs));
  const checks = model.checks.filter(({ waitMs }) => rows.has(waitMs));
  const worst = Math.max(...checks.map(({ predicted, measured }) => shareOff(predicted, measured)));
  return `Filled cells (~) come from a model, within ${percent(worst)} on ${count(checks.length)} measured cells that it had not seen${left}`;
}

function busySentence({ cells }: ThreadsMap): string | null {
  const busy = cells.filter(cell => cell.busy).length;
  if (busy === 0) return null;
  return `Unsure, since the machine was busy with others at ${count(busy)} of ${cellsText(cells.length)}`;
}

function cellsText(number: number): string {
  return `${count(number)} ${number === 1 ? 'cell' : 'cells'}`;
}

function effortSentence(
  interrupted: boolean,
  { cells, trials, elapsedMs, budgetMs, hurried }: ThreadsMap,
): string {
  const forks = cells.reduce((sum, cell) => sum + cell.forks.length, 0);
  const effort = `${cellsText(cells.length)} in ${count(forks)} forks, ${count(trials)} trials, ${duration(elapsedMs)}`;
  if (interrupted) return `Interrupted after ${effort}; --resume goes on`;
  const more = hurried ? `; --budget ${Math.ceil((2 * budgetMs) / 1_000)}s narrows the boundaries` : '';
  return `Measured: ${effort}${more}. Not covered: tasks that block or have others compute, other numbers in flight, other machines`;
}

/** Where the task of a tune is, on the map of a day. */
export function taskSentence({ task, boundaries, startedAt, cpusMs, inFlight }: ThreadsMap): string | null {
  if (task === null) return null;
  const row = nearestWait(boundaries, task.waitMs);
  const lead = `On the map of ${startedAt.slice(0, 10)} (${count(inFlight)} tasks in flight)`;
  const at = row.waitMs === 0 ? 'without waiting' : `at ${milliseconds(row.waitMs)} of waiting`;
  const pays =
    row.kind === 'open' || row.kind === 'mixed'
      ? 'it is undecided where threads pay'
      : `threads pay ${fromText(row, cpusMs)}`;
  const waits = task.waitMs < NO_WAIT_MS ? 'does not wait' : `waits ${milliseconds(task.waitMs)}`;
  return `${lead}: ${at} ${pays}; ${task.name} computes ${milliseconds(task.cpuMs)} and ${waits}`;
}

/** A turn of the loop takes longer. */
const NO_WAIT_MS = 0.01;

/** Of rows by their wait, that which a task is shown in: by their distance on a logarithmic axis, with 0 as less than any. */
export function nearestWait<T extends { readonly waitMs: number }>(rows: readonly T[], waitMs: number): T {
  const least = Math.min(...rows.map(row => row.waitMs).filter(ms => ms > 0), 1);
  const place = (ms: number) => Math.log(Math.max(ms, least / WAITS_LESS));
  const distance = (row: T) => Math.abs(place(row.waitMs) - place(waitMs));
  return rows.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

/** What waits less than that part of the shortest wait is nearer to none. */
const WAITS_LESS = 10;
