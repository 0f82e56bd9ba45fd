import { groupBy } from '../../group-by.js';
import type { Report, Tune, TuneAnswer, TunePoint, TuneStanding } from '../../schema/index.js';
import { NONE, percent } from '../format.js';
import { pasteLines, UNKNOWN_TASK } from '../words/paste.js';
import { tuneWords } from '../words/tune.js';
import { isUndecided } from '../words/tune-answered.js';
import { goalText } from '../words/tune-objective.js';
import { pointName } from '../words/tune-shapes.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import { tuneMaps } from './tune-maps.js';
import { STATE_TEXTS } from './tune-points.js';
import type { AnswerView, TableView, Tone } from './types.js';

/** What a tune recommends, why, and how to use it. */
export function answerView(report: Report, tune: Tune): AnswerView {
  const { headline, sentences } = tuneWords(report, tune);
  return {
    title: tune.target,
    headline,
    sentences,
    paste: tune.answer === null ? [] : pasteOf(report, tune, tune.answer),
    searched: tune.answer === null ? null : searchedTable(report, tune, tune.answer.standings),
    maps: tune.answer === null ? [] : tuneMaps(tune, tune.answer),
  };
}

/** The code for the choice; both ways where it is undecided, the loop first. */
function pasteOf({ scenarios }: Report, tune: Tune, answer: TuneAnswer): string[] {
  const task = { ...(tune.module ?? UNKNOWN_TASK), poolFile: tune.poolFile };
  const linesOf = (id: string | null) => {
    const found = scenarios[0]?.executors.find(({ variant }) => variant.id === id);
    if (found === undefined) return [];
    const { variant } = found;
    // Tasks that never wait run one after the other, however many are started.
    const isAlone = !variant.capabilities.workers && hasNothingToWaitFor(tune);
    return pasteLines(isAlone ? { ...variant, inFlight: 1 } : variant, task);
  };
  const chosen = linesOf(answer.choice);
  if (!isUndecided(tune, answer)) return chosen;
  const loop = linesOf(answer.loop);
  if (loop.length === 0 || chosen.length === 0) return [...loop, ...chosen];
  return ['// on the loop', ...loop, '', '// or in threads', ...chosen];
}

/** Less of its time is the price of an `await`. */
const LEAST_WAITING = 0.02;

function hasNothingToWaitFor({ alone }: Tune): boolean {
  if (alone?.parts == null) return false;
  const { waitsMs, offThreadMs, childrenMs } = alone.parts;
  return waitsMs + offThreadMs + childrenMs <= LEAST_WAITING * alone.serviceMs;
}

interface Row {
  readonly point: TunePoint;
  readonly standing: TuneStanding;
}

const TONES: Partial<Record<TuneStanding['state'], Tone>> = {
  choice: 'strong',
  bounded: 'quiet',
  'not measured': 'quiet',
};

/** A row for each executor and number of threads, with the best in flight of it. */
function searchedTable(report: Report, tune: Tune, standings: readonly TuneStanding[]): TableView {
  const byId = new Map(standings.map(standing => [standing.id, standing]));
  const searched = tune.points
    .filter(({ tier, id }) => tier === 0 || byId.get(id)?.ratio != null)
    .map((point): Row => ({ point, standing: byId.get(point.id)! }));
  const series = groupBy(searched, ({ point: { executor, workers, setting, uvThreads } }) =>
    JSON.stringify([executor, workers, setting, uvThreads]),
  );
  const rows = [...series.values()].map(bestOf);
  return tableOf<Row>(
    [
      { ...left<Row>('searched', NEVER_DROPPED, ({ point }) => pointName(point)), tone: toneOf },
      right('threads', 5, ({ point }) => (point.workers === 0 ? 'loop' : String(point.workers))),
      right('in flight each', 4, ({ point }) => String(point.inFlightPerWorker)),
      // At a rate it would be how far an objective is missed.
      ...(goalText(report) === null ? [right('of the choice', 6, shareOfChoice)] : []),
      { ...left<Row>('', NEVER_DROPPED, ({ standing }) => STATE_TEXTS[standing.state]), tone: toneOf },
    ],
    rows,
    {
      executor: ({ point }) => point.executor,
      family: ({ point }) =>
        point.workers === 0 ? 'loop' : point.executor === 'processes' ? 'processes' : 'threads',
    },
  );
}

function shareOfChoice({ standing: { ratio } }: Row): string {
  return ratio === null ? NONE : percent(ratio);
}

function toneOf({ standing }: Row): Tone | null {
  return TONES[standing.state] ?? null;
}

const ORDER: readonly TuneStanding['state'][] = [
  'choice',
  'as good',
  'not told apart',
  'behind',
  'unfit',
  'not measured',
  'bounded',
];

function bestOf(rows: readonly Row[]): Row {
  const place = ({ standing }: Row) => ORDER.indexOf(standing.state);
  return rows.reduce((best, row) => {
    if (place(row) !== place(best)) return place(row) < place(best) ? row : best;
    const better =
      (row.standing.ratio ?? 0) - (best.standing.ratio ?? 0) ||
      (row.point.bound ?? 0) - (best.point.bound ?? 0);
    return better > 0 ? row : best;
  });
}
