import type { TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { bestOf, compared, estimate, isMeasured, roundNoise } from './evidence.js';
import { isAlike, sameSeries, sorted, threadsOf } from './point.js';

/** Farther behind in the screen: out. */
const SCREEN_DROP = 0.15;
/** In the race at most. */
const MOST_RACERS = 6;
const FORKS_TO_DROP = 3;

/** What a point must do of another for that not to beat it by more than is allowed. */
export function leastRatio({ within }: Pick<TuneRules, 'within'>): number {
  return 1 / (1 + within);
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
export function survivors(
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
export function fewestAlike(
  best: TunePoint,
  seen: readonly TunePoint[],
  screens: readonly TuneFork[],
): TunePoint {
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
