import type { BlockGeometry, BlockSpec, Geometry } from '../../../stats/timeline/geometry.js';

/** A lane of the race: x is how much is done. */
export interface Lane {
  readonly top: number;
  readonly height: number;
}

export interface RaceGeometry extends Geometry {
  readonly lanes: readonly Lane[];
}

const LANE = 34;
/** A narrow page has the name above its lane. */
const NARROW_LANE = 50;
const AFTER_LANES = 40;
const HEAD = 24;
const BUSY = 9;
const GAP = 4;
const AFTER_BLOCK = 12;
const AXIS = 26;
const ROW = 12;
/** Of the tracks of all executors together. */
const ROOM = 330;
const [LEAST_ROOM, MOST_ROOM] = [44, 110];

/**
 * Lanes above, the tracks of all below each other: all of a race is to be seen at once on a projector.
 *
 * @param unit how large type is, as a factor
 */
export function raceGeometry(
  specs: readonly BlockSpec[],
  { unit, isNarrow }: { readonly unit: number; readonly isNarrow: boolean },
): RaceGeometry {
  const laneHeight = (isNarrow ? NARROW_LANE : LANE) * unit;
  const lanes = specs.map((_, at) => ({ top: at * laneHeight, height: laneHeight }));
  const room = Math.min(MOST_ROOM, Math.max(LEAST_ROOM, ROOM / Math.max(1, specs.length)));
  let top = specs.length * laneHeight + AFTER_LANES * unit;
  const blocks = specs.map(spec => {
    const block = blockAt(spec, top, room, unit);
    top = block.bottom + AFTER_BLOCK * unit;
    return block;
  });
  return { lanes, blocks, axisTop: top, height: top + AXIS * unit };
}

function blockAt({ tracks, hasBusy }: BlockSpec, top: number, room: number, unit: number): BlockGeometry {
  let y = top + HEAD * unit;
  const own = Math.max(3, (room - GAP * (tracks.length - 1)) / Math.max(1, tracks.length));
  const placed = tracks.map(({ firstRow, rows }) => {
    const height = Math.floor(Math.min(Math.max(1, rows) * ROW, own));
    const count = Math.max(1, rows <= height ? rows : Math.floor(height / 2));
    const lines = Array.from({ length: count }, (_, at) => {
      const first = Math.floor((at * rows) / count);
      return { firstRow: firstRow + first, rows: Math.floor(((at + 1) * rows) / count) - first };
    });
    const track = { labelBaseline: null, top: y, height, lines, lineHeight: height / count };
    y += height + (own > 12 ? GAP : 1);
    return track;
  });
  const busy = hasBusy ? { labelBaseline: 0, top: y + 2, height: BUSY } : null;
  if (busy !== null) y = busy.top + BUSY;
  return {
    top,
    bottom: y,
    headBaseline: top + 16 * unit,
    waiting: null,
    busy,
    tracks: placed,
    sharedBaseline: null,
  };
}
