import type { MapCell, MapPurpose } from '../schema/index.js';
import { type CellView, PAYS, viewOf } from './cell.js';
import { type Row, rowOf } from './row.js';

/** The axes of a map, and where to begin. */
export interface MapSpace {
  /** Ascending. */
  readonly waitsMs: readonly number[];
  readonly cpusMs: readonly number[];
  /** Of each wait: the place on the axis at which threads pay by the ideals. */
  readonly starts: readonly number[];
}

/** What to do next. */
export type MapDecision =
  | {
      readonly kind: 'measure';
      readonly purpose: MapPurpose;
      readonly waitMs: number;
      readonly cpuMs: number;
      readonly forks: number;
    }
  | { readonly kind: 'done' };

/** The fewest that give an interval. */
const FORKS = 3;
/** An undecided cell is given so many before others are looked at. */
const MORE_FORKS = 6;
const MOST_FORKS = 12;
/** Neighbours that are no farther apart than this factor have the boundary between them well enough. */
const CLOSE = 1.3;
/** From measured cells, in places of the axis: what is nearer tells little of the model. */
const FAR = 2;

/**
 * What to measure next, from what was measured, and from nothing else.
 *
 * 1. Each wait's row is bisected on its axis, from the ideals' crossing in doubling steps until both sides are known, the
 *    row of which the least is known first. An undecided cell counts there as what it seems to be.
 * 2. Cells that are undecided and keep a boundary wide are given more forks.
 * 3. Cells far from all others are measured for the model, one for each row.
 * 4. Boundaries are narrowed between the places of the axis, the widest first; then more forks again.
 */
export function decide(space: MapSpace, cells: readonly MapCell[]): MapDecision {
  const views = cells.map(viewOf);
  const rows = space.waitsMs.map(waitMs => rowOf(waitMs, views));
  return (
    toBisect(space, rows) ??
    toSurer(rows, MORE_FORKS) ??
    toCheck(space, views, cells) ??
    toNarrow(rows) ??
    toSurer(rows, MOST_FORKS) ?? { kind: 'done' }
  );
}

function measure(purpose: MapPurpose, waitMs: number, cpuMs: number, forks = FORKS): MapDecision {
  return { kind: 'measure', purpose, waitMs, cpuMs, forks };
}

/** Two places of the axis with nothing known between them; -1 and the axis' length lie beyond its ends. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

function toBisect({ waitsMs, cpusMs, starts }: MapSpace, rows: readonly Row[]): MapDecision | null {
  let widest: { readonly row: number; readonly gap: Gap } | null = null;
  for (const [row, one] of rows.entries()) {
    const gap = widestGap(gapsOf(one, cpusMs));
    if (gap === null || (widest !== null && sizeOf(gap) <= sizeOf(widest.gap))) continue;
    widest = { row, gap };
  }
  if (widest === null) return null;
  const { row, gap } = widest;
  const place = nextPlace(gap, cpusMs.length, rows[row]!, starts[row]!);
  return measure('bisect', waitsMs[row]!, cpusMs[place]!);
}

function sizeOf({ from, to }: Gap): number {
  return to - from;
}

/** Where threads pay, or seem to; null: a cell that was lost seems to be nothing. */
function seemsToPay({ ratio }: CellView): boolean | null {
  return ratio === null ? null : ratio > 1 + PAYS;
}

/** A place of a row, and whether threads pay there, as is known or seems. */
interface Verdict {
  readonly at: number;
  readonly pays: boolean | null;
}

/** Between neighbours of which the one may not pay and the next may: a boundary may lie there. */
function boundaryGaps(verdicts: readonly Verdict[]): Gap[] {
  return verdicts.slice(1).flatMap((to, before) => {
    const from = verdicts[before]!;
    return from.pays === true || to.pays === false ? [] : [{ from: from.at, to: to.at }];
  });
}

/** A row in which threads pay and then do not has no boundary to look for. */
function gapsOf({ lowMs, highMs, undecided, isMixed }: Row, cpusMs: readonly number[]): Gap[] {
  if (isMixed) return [];
  const low = lowMs === null ? -1 : cpusMs.findLastIndex(cpuMs => cpuMs <= lowMs);
  const high = highMs === null ? cpusMs.length : cpusMs.findIndex(cpuMs => cpuMs >= highMs);
  const between = undecided
    .map(cell => ({ at: cpusMs.indexOf(cell.cpuMs), pays: seemsToPay(cell) }))
    .filter(({ at }) => at >= 0);
  return boundaryGaps([{ at: low, pays: false }, ...between, { at: high, pays: true }]);
}

function widestGap(gaps: readonly Gap[]): Gap | null {
  const open = gaps.filter(gap => sizeOf(gap) > 1);
  return open.reduce<Gap | null>((a, b) => (a === null || sizeOf(b) > sizeOf(a) ? b : a), null);
}

/** The start; from there in steps of 1, 2, 4, … until the other side is known; then in the middle. */
function nextPlace({ from, to }: Gap, length: number, { cells }: Row, start: number): number {
  if (cells.length === 0) return start;
  if (from === -1 && to < length) return Math.max(0, to - Math.max(1, 2 * (start - to)));
  if (to === length && from >= 0) return Math.min(length - 1, from + Math.max(1, 2 * (from - start)));
  return Math.floor((from + to) / 2);
}

/** The undecided cell with the fewest forks that keeps a boundary wide. */
function toSurer(rows: readonly Row[], most: number): MapDecision | null {
  const open = rows
    .flatMap(({ undecided, isMixed }) => (isMixed ? [] : undecided))
    .filter(({ forks, ratio }) => ratio !== null && forks < most);
  const least = open.reduce<CellView | null>((a, b) => (a === null || b.forks < a.forks ? b : a), null);
  return least && measure('surer', least.waitMs, least.cpuMs);
}

/** One for each row, that of the cells of which the least is known. */
function toCheck(
  { waitsMs, cpusMs }: MapSpace,
  views: readonly CellView[],
  cells: readonly MapCell[],
): MapDecision | null {
  const checked = new Set(cells.filter(({ purpose }) => purpose === 'check').map(({ waitMs }) => waitMs));
  let farthest: { readonly waitMs: number; readonly cpuMs: number; readonly distance: number } | null = null;
  for (const waitMs of waitsMs.filter(one => !checked.has(one))) {
    const known = views.filter(view => view.waitMs === waitMs);
    for (const [place, cpuMs] of cpusMs.entries()) {
      const distance = Math.min(...known.map(view => Math.abs(place - placeOf(view.cpuMs, cpusMs))));
      if (distance < FAR || distance <= (farthest?.distance ?? 0)) continue;
      farthest = { waitMs, cpuMs, distance };
    }
  }
  return farthest && measure('check', farthest.waitMs, farthest.cpuMs);
}

/** Between places too. */
function placeOf(cpuMs: number, cpusMs: readonly number[]): number {
  const above = cpusMs.findIndex(one => one >= cpuMs);
  if (above <= 0 || cpusMs[above] === cpuMs) return above;
  return above - Math.log(cpusMs[above]! / cpuMs) / Math.log(cpusMs[above]! / cpusMs[above - 1]!);
}

/** In the middle of the two neighbours that are the farthest apart with a boundary between them. */
function toNarrow(rows: readonly Row[]): MapDecision | null {
  const gaps = rows.flatMap(({ waitMs, lowMs, highMs, undecided, isMixed }) => {
    if (isMixed || lowMs === null || highMs === null) return [];
    const between = undecided.map(cell => ({ at: cell.cpuMs, pays: seemsToPay(cell) }));
    const known = [{ at: lowMs, pays: false }, ...between, { at: highMs, pays: true }];
    return boundaryGaps(known).map(gap => ({ ...gap, waitMs, factor: gap.to / gap.from }));
  });
  const widest = gaps.reduce<(typeof gaps)[number] | null>(
    (a, b) => (b.factor > Math.max(CLOSE, a?.factor ?? 0) ? b : a),
    null,
  );
  if (widest === null) return null;
  const middleMs = Number(Math.sqrt(widest.from * widest.to).toPrecision(2));
  return measure('bisect', widest.waitMs, middleMs);
}
