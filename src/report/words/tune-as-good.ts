import { groupBy } from '../../group-by.js';
import type { TunePoint, TuneStanding } from '../../schema/index.js';
import { percent } from '../format.js';
import { listed, quoted } from './labels.js';
import type { Answered } from './tune-answered.js';
import { pointName, workersText } from './tune-shapes.js';

const GOOD: readonly TuneStanding['state'][] = ['choice', 'as good'];

/** `` As good within 3.0 %: `limited` at 8 to 64 in flight; `piscina` with 2 threads at 1 to 4 each ``; null: the choice alone. */
export function asGoodText({ tune, answer }: Answered): string | null {
  const standings = new Map(answer.standings.map(standing => [standing.id, standing]));
  const isGood = ({ id }: TunePoint) => GOOD.includes(standings.get(id)!.state);
  if (tune.points.filter(isGood).length < 2) return null;
  const measured = tune.points.filter(({ id }) => standings.get(id)!.ratio !== null);
  const texts = [...groupBy(measured, pointName)].flatMap(([name, own]) => {
    const at = placesText(own, isGood);
    return at === null ? [] : [`${quoted(name)} ${at}`];
  });
  return `As good within ${percent(tune.rules.within)}: ${texts.join('; ')}`;
}

/** `at 8 to 64 in flight`; `with 2 and 4 threads at 1 to 4 each, 8 threads at 1 each`; null: nowhere. */
function placesText(points: readonly TunePoint[], isGood: (point: TunePoint) => boolean): string | null {
  const byWorkers = groupBy(points, ({ workers }) => workers);
  const alike = groupBy(
    [...byWorkers.keys()].sort((a, b) => a - b),
    workers => rangesText(byWorkers.get(workers)!, isGood),
  );
  const parts = [...alike].filter(([ranges]) => ranges !== '');
  const { executor } = points[0]!;
  const texts = parts.map(([ranges, workers]) =>
    workers[0] === 0 ? `at ${ranges} in flight` : `${workersText(executor, workers)} at ${ranges} each`,
  );
  if (texts.length === 0) return null;
  return `${parts[0]![1][0] === 0 ? '' : 'with '}${texts.join(', ')}`;
}

/** In flight: `1, 8 to 64`. What was not measured between two that are as good is taken to be, too. */
function rangesText(points: readonly TunePoint[], isGood: (point: TunePoint) => boolean): string {
  const runs: number[][] = [];
  let isOpen = false;
  for (const point of points.toSorted((a, b) => a.inFlightPerWorker - b.inFlightPerWorker)) {
    const { inFlightPerWorker: limit } = point;
    if (isGood(point)) {
      if (isOpen) runs.at(-1)!.push(limit);
      else runs.push([limit]);
    }
    isOpen = isGood(point);
  }
  return listed(runs.map(run => (run.length === 1 ? String(run[0]) : `${run[0]} to ${run.at(-1)}`)));
}
