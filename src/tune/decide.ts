import type { TuneFork, TunePhase, TunePoint, TuneRules } from '../schema/index.js';
import { compared, estimate, roundNoise } from './evidence.js';
import { boundOf, bySize, sameSeries, threadsOf } from './point.js';

export const USUAL_RULES: Omit<TuneRules, 'order'> = {
  within: 0.03,
  mostForks: 12,
  confirmForks: 6,
  mostScreened: 100,
};

/** What to do next. */
export type Decision =
  | {
      readonly kind: 'measure';
      readonly phase: TunePhase;
      readonly ids: readonly string[];
      readonly rounds: number;
      readonly forks: number;
    }
  | { readonly kind: 'done'; readonly choice: string };

/** What is known in the middle of a tune. */
export interface TuneHistory {
  readonly points: readonly TunePoint[];
  readonly forks: readonly TuneFork[];
  /** The budget has no room for more of the race: what is best by now is confirmed. */
  readonly hurry: boolean;
}

/** Of every fork. */
const ROUNDS = 2;
/** Of what the knee did: a point whose bound is less can be no better. */
const BOUND_SHARE = 0.95;
/** Farther behind in the screen: out. */
const SCREEN_DROP = 0.15;
/** Screened first: the other powers of two are looked at beside the best. */
const COARSE_STEP = 4;
/** In the race at most. */
const MOST_RACERS = 6;
const FORKS_TO_DROP = 3;
/** Of two ideals: they are the same. */
const ALIKE = 0.99;
/** What the best of a race is ahead of a point by, for that to be on the edge and still rising. */
const RISING = 0.03;

/**
 * What to measure next, from what was measured, and from nothing else: bound, screen, race, confirm.
 *
 * 1. The ideals bound every point; the smallest one whose bound is the highest (the knee) is measured, with the best
 *    bounded loop, and points whose bound is below 95 % of it are never run.
 * 2. Screen: one fork, two rounds, every second power of two in flight; what is 15 % behind is out.
 * 3. Race: forks of two rounds, paired, over the few that may be the answer; from three forks on who is surely behind by
 *    more than `within` is out, and so is who is larger than one that is surely not beaten by so much.
 * 4. The smallest that is left is confirmed in fresh forks, beside the best loop and the runner-up.
 *
 * Racing with elimination: Maron & Moore 1994; Birattari et al. 2002. Indifference zone and paired comparison: Kim & Nelson
 * 2001. Bounds: Denning & Buzen 1978.
 */
export function decide(history: TuneHistory, rules: TuneRules): Decision {
  const { forks } = history;
  const of = (phase: TunePhase) => forks.filter(fork => fork.phase === phase);
  if (of('knee').length === 0) return measure('knee', kneeAndLoop(history.points, rules));
  const confirms = of('confirm');
  if (confirms.length === 0 && !history.hurry) {
    const eligible = eligiblePoints(history, rules);
    const missing = toScreen(eligible, forks, rules);
    if (missing.length > 0) return measure('screen', missing);
    const edge = beyondEdge(history, eligible, rules);
    if (edge.length > 0) return measure('screen', edge);
    const racers = stillOpen(eligible, forks, rules);
    if (racers.length > 1 && of('race').length < rules.mostForks) return measure('race', racers);
  }
  const finalists = finalistsOf(history, rules);
  if (confirms.length < rules.confirmForks)
    return measure('confirm', finalists, rules.confirmForks - confirms.length);
  return { kind: 'done', choice: confirmedChoice(finalists, history, rules) };
}

/** What a point must do of another for that not to beat it by more than is allowed. */
export function leastRatio({ within }: Pick<TuneRules, 'within'>): number {
  return 1 / (1 + within);
}

function measure(phase: TunePhase, points: readonly TunePoint[], forks = 1): Decision {
  return { kind: 'measure', phase, ids: points.map(({ id }) => id), rounds: ROUNDS, forks };
}

function sorted(points: readonly TunePoint[], rules: TuneRules): TunePoint[] {
  return points.toSorted(bySize(rules.order));
}

function kneeAndLoop(points: readonly TunePoint[], rules: TuneRules): TunePoint[] {
  const knee = kneeOf(
    points.filter(({ tier }) => tier === 0),
    rules,
  );
  const loop = kneeOf(
    points.filter(({ tier, workers }) => tier === 0 && workers === 0),
    rules,
  );
  return [...new Set([knee, loop])].filter(point => point !== null);
}

/** The smallest whose bound is as good as the best one. */
function kneeOf(points: readonly TunePoint[], rules: TuneRules): TunePoint | null {
  const highest = Math.max(...points.map(boundOf));
  return sorted(points, rules).find(point => boundOf(point) >= BOUND_SHARE * highest) ?? null;
}

/**
 * Points that may be the answer: their bound is no less than what was seen. A task alone may have been slower than it is
 * under load: where the knee does more than its bound all bounds are that much higher.
 */
export function eligiblePoints(
  { points, forks }: Pick<TuneHistory, 'points' | 'forks'>,
  rules: TuneRules,
): TunePoint[] {
  const { seen, scale } = seenOfKnee({ points, forks }, rules);
  const unfit = new Set(forks.flatMap(fork => fork.unfit));
  const lost = lostPoints(forks);
  const usable = points.filter(({ id }) => !unfit.has(id) && !lost.has(id));
  if (seen === null) return usable;
  return usable.filter(point => boundOf(point) * scale >= BOUND_SHARE * Math.exp(seen));
}

/** What the knee did, as a logarithm, and the factor by which bounds are too low. */
function seenOfKnee({ points, forks }: Pick<TuneHistory, 'points' | 'forks'>, rules: TuneRules) {
  const knee = kneeAndLoop(points, rules)[0];
  const seen = knee === undefined ? null : estimate(forks, knee.id);
  const scale = knee === undefined || seen === null ? 1 : Math.max(1, Math.exp(seen) / boundOf(knee));
  return { seen, scale };
}

/** Ran, and has nothing to show for it. */
function lostPoints(forks: readonly TuneFork[]): Set<string> {
  const ids = new Set(forks.flatMap(({ logs }) => Object.keys(logs)));
  return new Set([...ids].filter(id => estimate(forks, id) === null));
}

/** The coarse grid in flight with its ends, as far as it has not been measured. */
function toScreen(eligible: readonly TunePoint[], forks: readonly TuneFork[], rules: TuneRules): TunePoint[] {
  if (forks.some(({ phase }) => phase === 'screen')) return [];
  const coarse = eligible.filter(point => point.tier === 0 && isCoarse(point, eligible));
  // Where there is no time for all, the smaller first: they are what is recommended where larger ones do as well.
  return sorted(coarse, rules).slice(0, rules.mostScreened);
}

function isCoarse(point: TunePoint, eligible: readonly TunePoint[]): boolean {
  const series = eligible.filter(other => sameSeries(other, point) && other.tier === point.tier);
  const least = Math.min(...series.map(({ inFlightPerWorker }) => inFlightPerWorker));
  const most = Math.max(...series.map(({ inFlightPerWorker }) => inFlightPerWorker));
  const steps = Math.log(point.inFlightPerWorker / least) / Math.log(COARSE_STEP);
  return Math.abs(steps - Math.round(steps)) < 1e-9 || point.inFlightPerWorker === most;
}

function isMeasured(forks: readonly TuneFork[], { id }: TunePoint): boolean {
  return forks.some(({ logs }) => logs[id] !== undefined);
}

/** Points beyond the edge on which the best lies, where it was still rising there: of all executors, one step farther. */
function beyondEdge(history: TuneHistory, eligible: readonly TunePoint[], rules: TuneRules): TunePoint[] {
  const { points, forks } = history;
  const { scale } = seenOfKnee(history, rules);
  const screens = forks.filter(({ phase }) => phase === 'screen');
  const best = bestOf(points, screens);
  if (best === null) return [];
  const axes: readonly ((point: TunePoint) => readonly [number, number])[] = [
    point => [point.workers, point.inFlightPerWorker],
    point => [point.inFlightPerWorker, point.workers],
  ];
  return axes.flatMap(axis => {
    const [at, fixed] = axis(best);
    const along = points
      .filter(point => point.executor === best.executor && point.setting === best.setting)
      .filter(point => axis(point)[1] === fixed)
      .toSorted((a, b) => axis(a)[0] - axis(b)[0]);
    const before = along.findLast(point => axis(point)[0] < at);
    const next = along.find(point => axis(point)[0] > at);
    if (next === undefined || next.tier === 0 || isMeasured(screens, next)) return [];
    // Where the ideals say that no more can be done there, a rise is noise.
    if (isAlike(best, next)) return [];
    // What was not screened has a bound that is too low, and with it the knowledge that there was a rise.
    const least =
      before === undefined
        ? Number.NEGATIVE_INFINITY
        : (estimate(screens, before.id) ?? Math.log(boundOf(before) * scale));
    if (estimate(screens, best.id)! - least <= Math.log1p(RISING)) return [];
    const [step] = axis(next);
    return eligible.filter(
      point =>
        axis(point)[0] === step &&
        point.tier === next.tier &&
        isCoarse(point, eligible) &&
        !isMeasured(screens, point),
    );
  });
}

function bestOf(points: readonly TunePoint[], forks: readonly TuneFork[]): TunePoint | null {
  let best: TunePoint | null = null;
  for (const point of points) {
    const seen = estimate(forks, point.id);
    if (seen !== null && (best === null || seen > estimate(forks, best.id)!)) best = point;
  }
  return best;
}

/** Who has to run once more: those left, and where one is left what is smaller and may do as well. */
export function stillOpen(
  eligible: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
): TunePoint[] {
  const left = survivors(eligible, forks, rules);
  const [only] = left;
  return left.length === 1 && only !== undefined ? [...smallerOf(only, eligible, forks), only] : left;
}

/** Of the same series, in the middle between what is known to be behind and what is known to do: in the end the smallest that does. */
function smallerOf(
  point: TunePoint,
  eligible: readonly TunePoint[],
  forks: readonly TuneFork[],
): TunePoint[] {
  const below = eligible
    .filter(other => sameSeries(other, point) && other.inFlightPerWorker < point.inFlightPerWorker)
    .toSorted((a, b) => a.inFlightPerWorker - b.inFlightPerWorker);
  const unknown = below.slice(below.findLastIndex(other => isMeasured(forks, other)) + 1);
  const middle = unknown[Math.floor(unknown.length / 2)];
  return middle === undefined ? [] : [middle];
}

/** Who is still in the race. */
function survivors(
  eligible: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
): TunePoint[] {
  const races = forks.filter(({ phase }) => phase === 'race');
  if (races.length === 0) return startersOf(eligible, forks, rules);
  let left = eligible.filter(point => isMeasured(races, point));
  const best = bestOf(left, races);
  if (best === null) return left;
  const limit = leastRatio(rules);
  const isSurelyBehind = (id: string) => {
    const { high, forks: n, ratio } = compared(races, id, best.id);
    return (n >= FORKS_TO_DROP && high !== null && high < limit) || (ratio ?? 0) < 1 - SCREEN_DROP;
  };
  left = left.filter(point => point === best || !isSurelyBehind(point.id));
  const isAsGood = (smaller: TunePoint, larger: TunePoint) => {
    const { low, forks: n } = compared(races, smaller.id, larger.id);
    return n >= FORKS_TO_DROP && low !== null && low > limit;
  };
  const kept: TunePoint[] = [];
  for (const point of sorted(left, rules))
    if (!kept.some(smaller => isAsGood(smaller, point))) kept.push(point);
  return kept;
}

/**
 * Who enters it: the best of the screen, the smallest that may be as good, who is beside them in flight, and whoever of the
 * fewest threads should do as much by its ideal, however the screen has it: two rounds of one fork are no evidence against it.
 */
function startersOf(
  eligible: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
): TunePoint[] {
  const screens = forks.filter(({ phase }) => phase === 'screen' || phase === 'knee');
  const seen = eligible.filter(({ id }) => estimate(screens, id) !== null);
  const best = bestOf(seen, screens);
  if (best === null) return [];
  const behind = ({ id }: TunePoint) => estimate(screens, best.id)! - estimate(screens, id)!;
  const margin = screenMargin(screens, rules);
  const near = seen.filter(point => behind(point) <= margin);
  const smallest = sorted(near, rules).slice(0, 3);
  const fastest = near.toSorted((a, b) => behind(a) - behind(b)).slice(0, 3);
  const first = smallest[0];
  const beside = [first, best].flatMap(point => (point === undefined ? [] : neighbours(point, eligible)));
  const unseen = beside.filter(point => estimate(screens, point.id) === null);
  const expected = fewestAlike(best, seen, screens);
  return [...new Set([expected, ...smallest, ...fastest, ...unseen])].slice(0, MOST_RACERS);
}

/** Of those whose ideal is the best one's, the fastest of the fewest threads. */
function fewestAlike(best: TunePoint, seen: readonly TunePoint[], screens: readonly TuneFork[]): TunePoint {
  const alike = seen.filter(point => isAlike(point, best));
  const fewest = Math.min(...alike.map(threadsOf));
  return (
    bestOf(
      alike.filter(point => threadsOf(point) === fewest),
      screens,
    ) ?? best
  );
}

/** How far behind a point may be, in logarithms, that a screen cannot tell from as good. */
export function screenMargin(forks: readonly TuneFork[], rules: TuneRules): number {
  return Math.min(SCREEN_DROP, Math.log1p(rules.within) + 2 * roundNoise(forks));
}

/** Half and twice as much in flight. */
function neighbours(point: TunePoint, eligible: readonly TunePoint[]): TunePoint[] {
  return eligible.filter(
    other =>
      sameSeries(other, point) &&
      (other.inFlightPerWorker === 2 * point.inFlightPerWorker ||
        2 * other.inFlightPerWorker === point.inFlightPerWorker),
  );
}

/** The choice, the best loop, and the runner-up: fixed by what was measured before the confirmation. */
export function finalistsOf(history: TuneHistory, rules: TuneRules): TunePoint[] {
  const before = history.forks.filter(({ phase }) => phase !== 'confirm');
  const eligible = eligiblePoints({ ...history, forks: before }, rules);
  const left = survivors(eligible, before, rules);
  const races = before.filter(({ phase }) => phase === 'race');
  const known = races.length > 0 ? races : before;
  const best = bestOf(left, known);
  const isNear = (point: TunePoint) => {
    if (best === null) return false;
    const { ratio: paired, high } = compared(known, point.id, best.id);
    const ratio = paired ?? ofEstimates(known, point.id, best.id);
    if ((ratio ?? 0) >= leastRatio(rules)) return true;
    if (ratio === null || !isAlike(point, best)) return false;
    // Of a screen alone there is no interval: what its noise allows.
    return high === null ? Math.log(ratio) >= -screenMargin(known, rules) : isOpen(high);
  };
  const choice = sorted(left, rules).find(isNear) ?? left[0] ?? kneeAndLoop(history.points, rules)[0]!;
  const loops = history.points.filter(({ workers }) => workers === 0);
  const loop = bestOf(loops, before);
  const others = eligible.filter(point => point !== choice && point !== loop);
  const runnerUp = bestOf(
    others.filter(({ id }) => estimate(known, id) !== null),
    known,
  );
  return [...new Set([choice, loop, runnerUp])].filter(point => point !== null);
}

/** Of points that never ran in the same fork, such as those beyond an edge. */
function ofEstimates(forks: readonly TuneFork[], id: string, other: string): number | null {
  const [one, two] = [estimate(forks, id), estimate(forks, other)];
  return one === null || two === null ? null : Math.exp(one - two);
}

/** Nothing shows that the best of many is better: its ratio has 1 in its interval. */
function isOpen(high: number | null): boolean {
  return high !== null && high >= 1;
}

/** By their ideals: neither is expected to do more, so that the smaller one is right until the larger one is shown to. */
function isAlike(smaller: TunePoint, larger: TunePoint): boolean {
  return smaller.bound !== null && larger.bound !== null && smaller.bound >= ALIKE * larger.bound;
}

/**
 * The smallest of those that come within `within` of the best in the confirmation. Of a loop and threads, and of
 * two whose ideals are the same, the smaller one where the interval of their ratio has 1 in it: it is as good for all that is
 * known, and costs less.
 */
function confirmedChoice(finalists: readonly TunePoint[], { forks }: TuneHistory, rules: TuneRules): string {
  const confirms = forks.filter(({ phase }) => phase === 'confirm');
  const best = bestOf(finalists, confirms);
  const limit = leastRatio(rules);
  if (best === null) return finalists[0]?.id ?? '';
  const isAsGood = (point: TunePoint) => {
    if (point === best) return true;
    const { ratio, high } = compared(confirms, point.id, best.id);
    const isLoop = point.workers === 0 && best.workers > 0;
    return (ratio ?? 0) >= limit || (isOpen(high) && (isLoop || isAlike(point, best)));
  };
  return (sorted(finalists, rules).find(isAsGood) ?? best).id;
}
