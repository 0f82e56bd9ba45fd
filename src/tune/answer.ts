import type { Estimate, TuneAnswer, TuneFork, TunePoint, TuneRules, TuneStanding } from '../schema/index.js';
import { eligiblePoints } from './eligible.js';
import { compared, confirmsOf, estimate } from './evidence.js';
import { finalistsOf } from './finalists.js';
import { leastRatio, screenMargin } from './race.js';
import { scalingOf } from './scaling.js';

/** What follows from a tune whose choice is confirmed. */
export function answerOf(
  points: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
  choice: string,
): TuneAnswer {
  const confirms = confirmsOf(forks);
  const finalists = finalistsOf({ points, forks, hurry: false }, rules);
  const loops = finalists.filter(({ workers }) => workers === 0).map(({ id }) => id);
  const loop = loops[0] ?? null;
  const runnerUp =
    finalists.map(({ id }) => id).filter(id => id !== choice && id !== loop)[0] ??
    (loop === choice ? null : loop);
  return {
    choice,
    loop,
    runnerUp,
    toLoop: loop === null ? NOTHING : ratio(confirms, choice, loop),
    toRunnerUp: runnerUp === null ? NOTHING : ratio(confirms, choice, runnerUp),
    standings: standingsOf(points, forks, rules, choice),
    scaling: scalingOf(points, forks, choice),
  };
}

const NOTHING: Estimate = { median: null, low: null, high: null };

function ratio(forks: readonly TuneFork[], id: string, other: string): Estimate {
  if (id === other) return { median: 1, low: 1, high: 1 };
  const { ratio: median, low, high } = compared(forks, id, other);
  return { median, low, high };
}

function standingsOf(
  points: readonly TunePoint[],
  forks: readonly TuneFork[],
  rules: TuneRules,
  choice: string,
): TuneStanding[] {
  const unfit = new Set(forks.flatMap(fork => fork.unfit));
  const unmet = new Set(forks.flatMap(fork => fork.unmet ?? []));
  const eligible = new Set(eligiblePoints({ points, forks }, rules).map(({ id }) => id));
  const margin = screenMargin(forks, rules);
  return points.map(({ id }) => {
    if (id === choice) return { id, ratio: 1, state: 'choice' };
    const found = toChoice(forks, id, choice, rules, margin);
    if (unfit.has(id)) return { id, ratio: found?.ratio ?? null, state: 'unfit' };
    if (found !== null) return { id, ratio: found.ratio, state: stateOf(found, unmet.has(id), rules) };
    return { id, ratio: null, state: eligible.has(id) ? 'not measured' : 'bounded' };
  });
}

function stateOf(
  { ratio, isBehind }: StandingRatio,
  isUnmet: boolean,
  rules: TuneRules,
): TuneStanding['state'] {
  if (isBehind) return 'behind';
  return isUnmet || ratio < leastRatio(rules) ? 'not told apart' : 'as good';
}

interface StandingRatio {
  /** To the choice. */
  readonly ratio: number;
  /** Surely, by more than is allowed. */
  readonly isBehind: boolean;
}

/** How a point does beside the choice: paired where both ran in the same forks, else by what each was seen to do. */
function toChoice(
  forks: readonly TuneFork[],
  id: string,
  choice: string,
  rules: TuneRules,
  margin: number,
): StandingRatio | null {
  const confirmed = compared(confirmsOf(forks), id, choice);
  // What was measured anew, where it was: before that it was chosen, or not, by its luck.
  const paired = confirmed.high === null ? compared(forks, id, choice) : confirmed;
  if (paired.ratio !== null && paired.high !== null)
    return { ratio: paired.ratio, isBehind: paired.high < leastRatio(rules) };
  const [own, other] = [estimate(forks, id), estimate(forks, choice)];
  const known = paired.ratio ?? (own === null || other === null ? null : Math.exp(own - other));
  return known === null ? null : { ratio: known, isBehind: Math.log(known) < -margin };
}
