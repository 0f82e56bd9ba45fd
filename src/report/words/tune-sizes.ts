import type { Tune, TunePoint, TuneStanding } from '../../schema/index.js';
import { percent } from '../format.js';
import { listed } from './labels.js';
import { type Answered, confirmedOf } from './tune-answered.js';
import { goalText } from './tune-objective.js';

/** Smaller ones that are named, at most. */
const LISTED = 4;

/** `1 thread does 52 % of that; 4 and 8 are no better`. */
export function sizesText(said: Answered): string | null {
  const { choice } = said;
  if (choice.workers === 0) return null;
  const byWorkers = bestBy(
    said,
    point => point.workers,
    point => point.executor === choice.executor,
  );
  return along(said, byWorkers, choice.workers, value => `${value} ${value === 1 ? 'thread' : 'threads'}`);
}

/** `In flight per thread: 1 does as well as any`. */
export function inFlightText(said: Answered): string | null {
  const { executor, workers, inFlightPerWorker, uvThreads } = said.choice;
  const isSeries = (point: TunePoint) =>
    point.executor === executor && point.workers === workers && point.uvThreads === uvThreads;
  const byLimit = bestBy(said, point => point.inFlightPerWorker, isSeries);
  const text = along(said, byLimit, inFlightPerWorker, String);
  if (text === null) return null;
  return `In flight${workers === 0 ? '' : ' per thread'}: ${text}`;
}

/** Of each value of an axis the best standing. */
function bestBy(
  said: Answered,
  axis: (point: TunePoint) => number,
  isOne: (point: TunePoint) => boolean,
): ReadonlyMap<number, TuneStanding> {
  const { tune, answer } = said;
  const standings = new Map(answer.standings.map(standing => [standing.id, standing]));
  const best = new Map<number, TuneStanding>();
  for (const point of tune.points.filter(isOne)) {
    const standing = standings.get(point.id)!;
    const known = best.get(axis(point));
    if (known === undefined || rank(tune, standing) > rank(tune, known)) best.set(axis(point), standing);
  }
  return best;
}

/** Of two that do the same the one that did more, or might. */
function rank(tune: Tune, { id, state, ratio }: TuneStanding): number {
  const bound = tune.points.find(point => point.id === id)?.bound ?? 0;
  return STATES.indexOf(state) + (ratio === null ? 1 - 1 / (1 + bound) : Math.min(0.99, ratio / 10));
}

function along(
  said: Answered,
  best: ReadonlyMap<number, TuneStanding>,
  chosen: number,
  name: (value: number) => string,
): string | null {
  const values = [...best.keys()].sort((a, b) => a - b);
  const smaller = values.filter(value => value < chosen).slice(-LISTED);
  const worse = smaller.flatMap(value => {
    const { ratio, state, id } = best.get(value)!;
    if (state === 'bounded') return [`${name(value)} can do no more than ${boundText(said, id)}`];
    if (ratio === null) return [];
    // At a rate a ratio is how far an objective is missed, and no share of the tasks.
    const done = goalText(said.report) === null ? percent(ratio) : 'not';
    return [`${name(value)} ${does(name(value))} ${done}`];
  });
  const more = values.filter(value => value > chosen);
  const noBetter = more.filter(value =>
    ['as good', 'not told apart', 'behind', 'bounded'].includes(best.get(value)!.state),
  );
  const clauses = [
    worse.length === 0 ? null : worse.slice(-2).join(', '),
    noBetter.length === 0
      ? null
      : noBetter.length > 2
        ? `${noBetter[0]} to ${noBetter.at(-1)} are no better`
        : `${listed(noBetter.map(String))} ${noBetter.length === 1 ? 'is' : 'are'} no better`,
  ].filter(clause => clause !== null);
  if (clauses.length === 0) return null;
  const chose = name(chosen);
  const smallest = chose.endsWith('s') ? 'are the fewest that do it' : 'is the least that does it';
  return `${chose} ${smallest}: ${clauses.join('; ')}`;
}

function boundText(said: Answered, id: string): string {
  const bound = said.tune.points.find(point => point.id === id)?.bound ?? null;
  if (bound !== null && goalText(said.report) !== null) return `${percent(Math.min(1, bound))} of the rate`;
  const chosen = confirmedOf(said, said.answer.choice)?.tasksPerSecond.median ?? null;
  return bound === null || chosen === null ? 'less' : percent(Math.min(1, bound / chosen));
}

function does(name: string): string {
  return name.endsWith('s') ? 'do' : 'does';
}

const STATES: readonly TuneStanding['state'][] = [
  'bounded',
  'not measured',
  'unfit',
  'behind',
  'not told apart',
  'as good',
  'choice',
];
