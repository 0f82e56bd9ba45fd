import type { TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { eligiblePoints, fitPoints, kneeAndLoop, type TuneHistory } from './eligible.js';
import { beforeConfirm, bestOf, compared, confirmsOf, estimate } from './evidence.js';
import { isAlike, sorted, threadsOf } from './point.js';
import { fewestAlike, leastRatio, screenMargin, survivors } from './race.js';

/**
 * The choice, the best loop, and the runner-up (without a race a smaller one that should do as much): fixed by what was measured before the confirmation. A loop that exceeds a limit
 * is among them where no other was measured, for comparison alone. Empty where all that was measured exceeds one.
 */
export function finalistsOf(history: TuneHistory, rules: TuneRules): TunePoint[] {
  const before = beforeConfirm(history.forks);
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
  const choice = sorted(left, rules).find(isNear) ?? left[0] ?? fitKnee(history.points, before, rules);
  if (choice === undefined) return [];
  const loop = bestLoop(history.points, before);
  const others = eligible.filter(point => point !== choice && point !== loop);
  const seen = others.filter(({ id }) => estimate(known, id) !== null);
  const smaller = races.length > 0 || best === null ? null : smallerAlike(choice, best, seen, known);
  return [...new Set([choice, loop, smaller ?? bestOf(seen, known)])].filter(point => point !== null);
}

/**
 * Without a race, who has fewer threads than the choice and should do as much by its ideal: two rounds of one fork are no
 * evidence that it does less, so the confirmation asks that, and not whether a larger one does more.
 */
function smallerAlike(
  choice: TunePoint,
  best: TunePoint,
  seen: readonly TunePoint[],
  screens: readonly TuneFork[],
): TunePoint | null {
  const fewest = fewestAlike(best, [...seen, choice], screens);
  return threadsOf(fewest) < threadsOf(choice) ? fewest : null;
}

/** Where nothing that was measured has anything to show for it. */
function fitKnee(points: readonly TunePoint[], forks: readonly TuneFork[], rules: TuneRules) {
  return fitPoints(kneeAndLoop(points, rules), forks)[0];
}

function bestLoop(points: readonly TunePoint[], forks: readonly TuneFork[]): TunePoint | null {
  const loops = points.filter(({ workers }) => workers === 0);
  return bestOf(fitPoints(loops, forks), forks) ?? bestOf(loops, forks);
}

/** By an objective at a rate. */
export function isJudged(forks: readonly TuneFork[]): boolean {
  return forks.some(({ unmet }) => unmet !== undefined);
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

/**
 * The smallest of those that come within `within` of the best in the confirmation. Of a loop and threads, and of
 * two whose ideals are the same, the smaller one where the interval of their ratio has 1 in it: it is as good for all that is
 * known, and costs less. At a rate the smallest that is shown to hold it. Null: none does, or keeps to the limits, in any fork.
 */
export function confirmedChoice(
  finalists: readonly TunePoint[],
  { forks }: TuneHistory,
  rules: TuneRules,
): string | null {
  const confirms = confirmsOf(forks);
  const unmet = new Set(confirms.flatMap(fork => fork.unmet ?? []));
  const kept = fitPoints(finalists, forks).filter(({ id }) => !unmet.has(id));
  if (isJudged(forks)) return sorted(kept, rules)[0]?.id ?? null;
  const best = bestOf(kept, confirms);
  const limit = leastRatio(rules);
  if (best === null) return kept[0]?.id ?? null;
  const isAsGood = (point: TunePoint) => {
    if (point === best) return true;
    const { ratio, high } = compared(confirms, point.id, best.id);
    const isLoop = point.workers === 0 && best.workers > 0;
    return (ratio ?? 0) >= limit || (isOpen(high) && (isLoop || isAlike(point, best)));
  };
  return (sorted(kept, rules).find(isAsGood) ?? best).id;
}
