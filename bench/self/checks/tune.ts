import { pairOf } from '../../../src/report/pairs.js';
import type { ScenarioResult, Tune, TunePoint } from '../../../src/schema/index.js';
import { USUAL_RULES } from '../../../src/tune/decide.js';
import { chooseOnly } from '../choose.js';
import type { Bench, Check } from '../support/check.js';
import { reportOfCli } from '../support/run-cli.js';
import { CASES, paramFlags, type TuneCase } from '../tune/cases.js';
import { GRID, measurePoints, seenOf } from '../tune/grid.js';
import { bestOf, isSame, smallestWithin, stepsAbove } from '../tune/size.js';

const SEEDS = [1, 2];
const DURATION_MS = 300;
const GRID_FORKS = { forks: 2, rounds: 2, durationMs: DURATION_MS, sharesHosts: true };
/** Fresh processes for each, and anew: the best of a grid looks better than it is. */
const JUDGE_FORKS = { forks: 6, rounds: 3, durationMs: DURATION_MS, sharesHosts: false };
const QUICK_GRID = GRID.filter(({ workers, inFlightPerWorker }) => workers <= 2 && inFlightPerWorker <= 4);
const QUICK = { forks: 1, rounds: 1, durationMs: 50, sharesHosts: true };
const ORDER = ['limited', 'piscina'];

const MOST_WORSE = 0.95;
const MOST_SHOWN_WORSE = 1;

/** What became of one tune. */
interface Judged {
  readonly isWorse: boolean;
  readonly steps: number;
}

export const tune: Check = {
  name: 'tune',
  summary: `what tune recommends against the best of a grid, two tunes of each of ${CASES.length} natures of tasks: takes half an hour, --only wait,cpu some of them`,
  async run(bench) {
    const names = chooseOnly(
      CASES.map(({ name }) => name),
      bench.only,
    );
    const judged: Judged[] = [];
    for (const one of CASES.filter(({ name }) => names.includes(name)))
      judged.push(...(await judgeCase(one, bench)));
    const tunes = `${judged.length} tunes`;
    bench.report({
      measured: 'tunes whose choice is shown to be more than 5 % worse',
      baseline: `${tunes}, the best of a grid`,
      value: judged.filter(({ isWorse }) => isWorse).length,
      unit: 'runs',
      bound: { atMost: MOST_SHOWN_WORSE },
      note: '',
    });
    bench.report({
      measured: 'tunes whose choice is more than one step too large',
      baseline: `${tunes}, the smallest of a grid within ${USUAL_RULES.within * 100} %`,
      value: judged.filter(({ steps }) => steps > 1).length,
      unit: 'runs',
      bound: { atMost: 0 },
      note: '',
    });
  },
};

async function judgeCase(one: TuneCase, { quick, report }: Bench): Promise<Judged[]> {
  const grid = quick ? QUICK_GRID : GRID;
  const seen = seenOf(grid, await measurePoints(one, grid, quick ? QUICK : GRID_FORKS));
  if (seen.length === 0) throw new Error(`no point of the grid of ${one.name} has been measured`);
  const best = bestOf(seen).point;
  const judged: Judged[] = [];
  for (const seed of quick ? SEEDS.slice(0, 1) : SEEDS) {
    const { choice, elapsedMs } = await tuned(one, seed, quick);
    const smallest = smallestWithin(seen, USUAL_RULES.within, ORDER).point;
    const points = distinct([choice, best, smallest]);
    const result = await measurePoints(one, points, quick ? QUICK : JUDGE_FORKS);
    const ratio = ratioOf(result, points, choice, best);
    const isWorse = ratio.high !== null && ratio.high < MOST_WORSE;
    // A grid takes by luck for as good what is not, and ends where a tune goes on: such a one is no measure of size.
    const smallRatio = Math.min(...[best, choice].map(of => ratioOf(result, points, smallest, of).ratio));
    const isKnown = smallRatio >= 1 / (1 + USUAL_RULES.within);
    const steps = isKnown ? stepsAbove(choice, smallest) : 0;
    judged.push({ isWorse, steps });
    report({
      measured: `tune of ${one.name}, what it recommends`,
      baseline: 'the best of a grid',
      value: ratio.ratio,
      ...(ratio.low !== null && ratio.high !== null && { interval: [ratio.low, ratio.high] as const }),
      unit: '×',
      bound: null,
      note: [
        `${sizeText(choice)} after ${(elapsedMs / 1_000).toFixed(0)} s`,
        `best ${sizeText(best)}`,
        `smallest ${sizeText(smallest)}${isKnown ? '' : ` (${smallRatio.toFixed(2)} × the better one of these when measured again)`}`,
      ].join(', '),
    });
  }
  return judged;
}

async function tuned(one: TuneCase, seed: number, quick: boolean) {
  const budget = quick ? ['--budget', '2s', '--threads', '1,2', '--in-flight', '1,4'] : [];
  const args = ['tune', one.target, ...paramFlags(one), '--seed', `${seed}`, ...budget];
  const report = await reportOfCli(args);
  const choice = choiceOf(report.tune);
  return { choice, elapsedMs: report.tune?.elapsedMs ?? 0 };
}

function choiceOf(tune: Tune | null | undefined): TunePoint {
  const choice = tune?.points.find(({ id }) => id === tune.answer?.choice);
  if (choice === undefined) throw new Error('a tune ended without an answer');
  return choice;
}

/** The same point once, the first of them by its own id. */
function distinct(points: readonly TunePoint[]): TunePoint[] {
  return points.filter((point, at) => points.findIndex(other => isSame(point, other)) === at);
}

function ratioOf(
  result: ScenarioResult,
  points: readonly TunePoint[],
  one: TunePoint,
  other: TunePoint,
): { readonly ratio: number; readonly low: number | null; readonly high: number | null } {
  const idOf = (wanted: TunePoint) =>
    result.executors[points.findIndex(point => isSame(point, wanted))]!.variant.id;
  const [a, b] = [idOf(one), idOf(other)];
  if (a === b) return { ratio: 1, low: 1, high: 1 };
  return pairOf(result, a, b) ?? { ratio: Number.NaN, low: null, high: null };
}

function sizeText({ executor, workers, inFlightPerWorker, uvThreads }: TunePoint): string {
  const threads = workers === 0 ? '' : `${workers} × `;
  return `${executor} ${threads}${inFlightPerWorker}${uvThreads === null ? '' : ` on ${uvThreads} of libuv's threads`}`;
}
