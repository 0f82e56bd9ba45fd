import { groupBy } from '../../group-by.js';
import type { Tune, TuneAnswer, TunePoint, TuneStanding } from '../../schema/index.js';
import { NONE, percent } from '../format.js';
import { MAP_METHOD } from '../words/methods.js';
import { pointName } from '../words/tune-shapes.js';
import type { TuneMapCellView, TuneMapView } from './picture-types.js';
import { STATE_TEXTS } from './tune-points.js';

const MARKS: Partial<Record<TuneStanding['state'], TuneMapCellView['mark']>> = {
  choice: 'chosen',
  'as good': 'as good',
};

/** A map of each way to run the tasks that was searched over several sizes. */
export function tuneMaps({ points }: Tune, { standings }: TuneAnswer): TuneMapView[] {
  const byId = new Map(standings.map(standing => [standing.id, standing]));
  const known = points.filter(({ tier, id }) => tier === 0 || byId.get(id)?.ratio != null);
  const pools = known.filter(({ workers }) => workers > 0);
  const loop = loopPoints(known, byId);
  // The loop stands beside each pool: it is what a pool is compared with.
  const all = groupBy(pools, ({ executor, setting, uvThreads }) =>
    JSON.stringify([executor, setting, uvThreads]),
  );
  const maps = pools.length === 0 ? [loop] : [...all.values()].map(own => [...own, ...loop]);
  return maps.filter(own => own.length > 1).map(own => mapOf(own, byId));
}

/** Of what ran on the loop, what is as good; else the first that was searched. */
function loopPoints(
  points: readonly TunePoint[],
  byId: ReadonlyMap<string, TuneStanding>,
): readonly TunePoint[] {
  const loops = points.filter(({ workers }) => workers === 0);
  const groups = [...groupBy(loops, pointName).values()];
  const isGood = ({ id }: TunePoint) => MARKS[byId.get(id)?.state ?? 'behind'] !== undefined;
  return groups.find(own => own.some(isGood)) ?? groups[0] ?? [];
}

function mapOf(points: readonly TunePoint[], byId: ReadonlyMap<string, TuneStanding>): TuneMapView {
  const columns = sizes(points.map(({ workers }) => workers));
  const rows = sizes(points.map(({ inFlightPerWorker }) => inFlightPerWorker));
  const { executor } = points[0]!;
  return {
    title: `${pointName(points[0]!)}: threads by tasks in flight in each`,
    method: MAP_METHOD,
    executor,
    columnTitle: 'threads',
    rowTitle: 'in flight each',
    columns: columns.map(workers => (workers === 0 ? 'loop' : String(workers))),
    rows: rows.map(String),
    cells: rows.map(row =>
      columns.map(column => {
        const point = points.find(one => one.workers === column && one.inFlightPerWorker === row);
        const standing = point === undefined ? undefined : byId.get(point.id);
        return standing === undefined ? null : cellOf(standing);
      }),
    ),
  };
}

function cellOf({ ratio, state }: TuneStanding): TuneMapCellView {
  return {
    value: ratio,
    text: ratio === null ? NONE : percent(ratio),
    state: STATE_TEXTS[state],
    mark: MARKS[state] ?? null,
  };
}

function sizes(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
