import { geometryOf } from '../../stats/timeline/geometry.js';
import { blockSpecOf } from '../../stats/timeline/trial.js';
import type { Model } from './model.js';

/** A canvas has no room for more on many machines, and nobody scrolls further. */
const HIGHEST = 4_000;
const STEP = 2;

/** The next larger or smaller room for rows; null: that changes nothing, or is too high to be drawn. */
export function nextRowScale({ blocks, geometry, rowScale }: Model, isTaller: boolean): number | null {
  if (!isTaller) return rowScale > 1 ? rowScale / STEP : null;
  const { height } = geometryOf(
    blocks.map(({ picture }) => blockSpecOf(picture)),
    rowScale * STEP,
  );
  return height > geometry.height && height <= HIGHEST ? rowScale * STEP : null;
}

/** Where a place within a row is after rows have become higher or lower. */
export function movedTo(from: Model, to: Model, y: number): number {
  for (const [at, { tracks }] of from.blocks.entries())
    for (const [index, { geometry }] of tracks.entries()) {
      const share = (y - geometry.top) / geometry.height;
      const next = to.blocks[at]!.tracks[index]!.geometry;
      if (share >= 0 && share <= 1) return next.top + share * next.height;
    }
  return y;
}
