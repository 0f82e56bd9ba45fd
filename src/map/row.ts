import type { MapBoundary } from '../schema/index.js';
import { crossing } from '../stats/crossing.js';
import { type CellView, PAYS } from './cell.js';

/** Cells that wait alike, by how much they compute, and what is known of where threads begin to pay. */
export interface Row {
  readonly waitMs: number;
  readonly cells: readonly CellView[];
  /** The most computing at which threads surely do not pay, below the least at which they surely do. */
  readonly lowMs: number | null;
  readonly highMs: number | null;
  /** Between these; ascending. */
  readonly undecided: readonly CellView[];
  /** They pay, and with more computing they do not: no boundary is one. */
  readonly isMixed: boolean;
}

export function rowOf(waitMs: number, all: readonly CellView[]): Row {
  const cells = all.filter(cell => cell.waitMs === waitMs).sort((a, b) => a.cpuMs - b.cpuMs);
  const highMs = cells.find(({ pays }) => pays === true)?.cpuMs ?? null;
  const lowMs = cells.findLast(({ pays }) => pays === false)?.cpuMs ?? null;
  const isMixed = highMs !== null && lowMs !== null && lowMs > highMs;
  const undecided = cells.filter(
    ({ pays, cpuMs }) => pays === null && cpuMs > (lowMs ?? 0) && cpuMs < (highMs ?? Infinity),
  );
  return { waitMs, cells, lowMs, highMs, undecided, isMixed };
}

/** @param cpusMs the axis: what its ends say holds for all of it */
export function boundaryOf(row: Row, cpusMs: readonly number[]): MapBoundary {
  const { waitMs, lowMs, highMs } = row;
  return { waitMs, kind: kindOf(row, cpusMs), atMs: row.isMixed ? null : crossingMs(row), lowMs, highMs };
}

function kindOf({ lowMs, highMs, isMixed }: Row, cpusMs: readonly number[]): MapBoundary['kind'] {
  if (isMixed) return 'mixed';
  if (lowMs !== null && highMs !== null) return 'between';
  if (highMs !== null && highMs <= cpusMs[0]!) return 'always';
  return lowMs !== null && lowMs >= cpusMs.at(-1)! ? 'never' : 'open';
}

/** Straight between the cells, on logarithmic axes. */
function crossingMs({ cells }: Row): number | null {
  const scaled = cells.flatMap(({ cpuMs, ratio, low, high }) =>
    ratio === null
      ? []
      : [{ x: Math.log(cpuMs), ratio: ratio / (1 + PAYS), low: over(low), high: over(high) }],
  );
  const found = crossing(scaled);
  return found === null ? null : Math.exp(found.x);
}

function over(bound: number | null): number | null {
  return bound === null ? null : bound / (1 + PAYS);
}
