import type { TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { fitPoints, seenOfKnee, type TuneHistory } from './eligible.js';
import { bestOf, estimate, isMeasured } from './evidence.js';
import { boundOf, isAlike, sameSeries, sorted } from './point.js';

/** Screened first: the other powers of two are looked at beside the best. */
const COARSE_STEP = 4;
/** What the best of a race is ahead of a point by, for that to be on the edge and still rising. */
const RISING = 0.03;

/**
 * The coarse grid in flight with its ends, as far as it has not been measured. Once, and again where all that was measured
 * exceeds a limit.
 */
export function toScreen(
  eligible: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
): TunePoint[] {
  const isScreened = forks.some(({ phase }) => phase === 'screen');
  if (isScreened && eligible.some(point => isMeasured(forks, point))) return [];
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

/** Points beyond the edge on which the best lies, where it was still rising there: of all executors, one step farther. */
export function beyondEdge(
  history: TuneHistory,
  eligible: readonly TunePoint[],
  rules: TuneRules,
): TunePoint[] {
  const { points, forks } = history;
  const { scale } = seenOfKnee(history, rules);
  const screens = forks.filter(({ phase }) => phase === 'screen');
  const best = bestOf(fitPoints(points, forks), screens);
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
