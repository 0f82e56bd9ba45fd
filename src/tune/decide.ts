import type { TunePhase, TunePoint, TuneRules } from '../schema/index.js';
import { eligiblePoints, kneeAndLoop, type TuneHistory } from './eligible.js';
import { confirmedChoice, finalistsOf } from './finalists.js';
import { stillOpen } from './race.js';
import { beyondEdge, toScreen } from './screen.js';

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
  /** Null: nothing that was measured keeps to the limits. */
  | { readonly kind: 'done'; readonly choice: string | null };

/** Of every fork. */
export const ROUNDS = 2;

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
 * What an interruption has left of a fork comes first.
 *
 * Racing with elimination: Maron & Moore 1994; Birattari et al. 2002. Indifference zone and paired comparison: Kim & Nelson
 * 2001. Bounds: Denning & Buzen 1978.
 */
export function decide(history: TuneHistory, rules: TuneRules): Decision {
  const { forks } = history;
  const cut = forks.at(-1);
  const left = history.points.filter(({ id }) => cut?.left?.includes(id));
  if (cut !== undefined && left.length > 0 && !(history.hurry && cut.phase === 'screen'))
    return measure(cut.phase, left);
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
  if (finalists.length === 0) return { kind: 'done', choice: null };
  if (confirms.length < rules.confirmForks)
    return measure('confirm', finalists, rules.confirmForks - confirms.length);
  return { kind: 'done', choice: confirmedChoice(finalists, history, rules) };
}

function measure(phase: TunePhase, points: readonly TunePoint[], forks = 1): Decision {
  return { kind: 'measure', phase, ids: points.map(({ id }) => id), rounds: ROUNDS, forks };
}
