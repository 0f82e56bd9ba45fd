import type { MapCell } from '../schema/index.js';

/** Cells with what was measured now: a new one, or more forks of one that was there. What it was first measured for stays. */
export function addForks(
  cells: readonly MapCell[],
  { waitMs, cpuMs, purpose, busy, forks }: MapCell,
): readonly MapCell[] {
  const at = cells.findIndex(cell => cell.waitMs === waitMs && cell.cpuMs === cpuMs);
  if (at === -1) return [...cells, { waitMs, cpuMs, purpose, busy, forks }];
  const known = cells[at]!;
  return cells.with(at, { ...known, busy: known.busy || busy, forks: [...known.forks, ...forks] });
}
