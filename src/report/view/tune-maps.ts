import { groupBy } from '../../group-by.js';
import type { Tune, TuneAnswer, TunePoint, TuneStanding } from '../../schema/index.js';
import { NONE, percent } from '../format.js';
import { MAP_METHOD } from '../words/methods.js';
import type { MapCellView, MapView } from './picture-types.js';
import { pointName, STATE_TEXTS } from './tune-points.js';

const MARKS: Partial<Record<TuneStanding['state'], MapCellView['mark']>> = {
  choice: 'chosen',
  'as good': 'as good',
};

/** A map of each way to run the tasks that was searched over several sizes. */
export function tuneMaps({ points }: Tune, { standings }: TuneAnswer): MapView[] {
  const byId = new Map(standings.map(standing => [standing.id, standing]));
  const known = points.filter(({ tier, id }) => tier === 0 || byId.get(id)?.ratio != null);
  const all = groupBy(known, ({ executor, setting, uvThreads }) =>
    JSON.stringify([executor, setting, uvThreads]),
  );
  return [...all.values()].filter(own => own.length > 1).map(own => mapOf(own, byId));
}

function mapOf(points: readonly TunePoint[], byId: ReadonlyMap<string, TuneStanding>): MapView {
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

function cellOf({ ratio, state }: TuneStanding): MapCellView {
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
