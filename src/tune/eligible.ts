import type { TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { estimate } from './evidence.js';
import { boundOf, sorted } from './point.js';

/** What is known in the middle of a tune. */
export interface TuneHistory {
  readonly points: readonly TunePoint[];
  readonly forks: readonly TuneFork[];
  /** The budget has no room for more of the race: what is best by now is confirmed. */
  readonly hurry: boolean;
}

/** Of what the knee did: a point whose bound is less can be no better. */
const BOUND_SHARE = 0.95;

export function kneeAndLoop(points: readonly TunePoint[], rules: TuneRules): TunePoint[] {
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
  const lost = lostPoints(forks);
  const usable = fitPoints(points, forks).filter(({ id }) => !lost.has(id));
  if (seen === null) return usable;
  return usable.filter(point => boundOf(point) * scale >= BOUND_SHARE * Math.exp(seen));
}

/** Those that were not seen to exceed a limit. */
export function fitPoints(points: readonly TunePoint[], forks: readonly TuneFork[]): TunePoint[] {
  const unfit = new Set(forks.flatMap(fork => fork.unfit));
  return points.filter(({ id }) => !unfit.has(id));
}

/**
 * What is to be reached, as a logarithm, and the factor by which bounds are too low. A knee that exceeds a limit is no measure
 * for those that keep to it: then the loop is, or nothing.
 */
export function seenOfKnee({ points, forks }: Pick<TuneHistory, 'points' | 'forks'>, rules: TuneRules) {
  const first = kneeAndLoop(points, rules);
  const seenOf = (point: TunePoint | undefined) => (point === undefined ? null : estimate(forks, point.id));
  const [knee] = first;
  const atKnee = seenOf(knee);
  const scale = knee === undefined || atKnee === null ? 1 : Math.max(1, Math.exp(atKnee) / boundOf(knee));
  return { seen: seenOf(fitPoints(first, forks)[0]), scale };
}

/** Ran, and has nothing to show for it. */
function lostPoints(forks: readonly TuneFork[]): Set<string> {
  const ids = new Set(forks.flatMap(({ logs }) => Object.keys(logs)));
  return new Set([...ids].filter(id => estimate(forks, id) === null));
}
