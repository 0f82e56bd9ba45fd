import type { TunePoint, TuneRules } from '../schema/index.js';
import { type Decision, decide } from './decide.js';
import { type Effort, forkMs, keptForConfirmMs } from './effort.js';
import { eligiblePoints, type TuneHistory } from './eligible.js';
import { expectedFinalists } from './least-time.js';
import { stillOpen } from './race.js';

/** How far a budget reaches. */
export interface Pace {
  readonly effort: Effort;
  readonly cores: number;
  readonly budgetMs: number;
  readonly elapsedMs: number;
  /** How many times as long as expected forks take. */
  readonly slowness: number;
}

export interface PacedDecision {
  readonly decision: Decision;
  /** Points of a screen that there is no time for. */
  readonly unscreened: number;
  /** The race is left with several in it. */
  readonly isCutShort: boolean;
}

type Known = Pick<TuneHistory, 'points' | 'forks'>;

/** What to measure next, as far as there is time for it: a part of a screen, or what is best by now is confirmed. Pure. */
export function decideWithin(known: Known, rules: TuneRules, pace: Pace): PacedDecision {
  const decision = decide({ ...known, hurry: false }, rules);
  const whole = { decision, unscreened: 0, isCutShort: false };
  if (decision.kind === 'done' || decision.phase === 'knee' || decision.phase === 'confirm') return whole;
  const { phase, ids } = decision;
  const fitting = fittingOf(ids, known, rules, pace);
  const isScreen = phase === 'screen';
  const wanted = isScreen ? screenSize(known, rules) : 0;
  if (fitting.length === ids.length) return { ...whole, unscreened: isScreen ? wanted - ids.length : 0 };
  if (isScreen && fitting.length > 1)
    return { ...whole, decision: { ...decision, ids: fitting }, unscreened: wanted - fitting.length };
  const hurried = decide({ ...known, hurry: true }, rules);
  return { decision: hurried, unscreened: wanted, isCutShort: isCutShort(hurried, known, rules) };
}

/** The first of these that there is time for, what confirms the answer being kept. */
function fittingOf(ids: readonly string[], known: Known, rules: TuneRules, pace: Pace): readonly string[] {
  const { effort, cores, budgetMs, elapsedMs, slowness } = pace;
  const finalists = expectedFinalists({ ...known, rules, cores });
  const keptMs = keptForConfirmMs(finalists, effort, { forks: rules.confirmForks, cores, budgetMs });
  const leftMs = (budgetMs - elapsedMs) / slowness - keptMs;
  const points = ids.map(id => known.points.find(point => point.id === id)!);
  let count = ids.length;
  while (count > 0 && forkMs(points.slice(0, count), effort, { cores }) > leftMs) count--;
  return ids.slice(0, count);
}

/** Points of the whole screen. */
function screenSize(known: Known, rules: TuneRules): number {
  const all = decide({ ...known, hurry: false }, { ...rules, mostScreened: Number.MAX_SAFE_INTEGER });
  return all.kind === 'done' ? 0 : all.ids.length;
}

/** Ends before the search is done. */
function isCutShort(decision: Decision, known: Known, rules: TuneRules): boolean {
  if (decision.kind === 'done') return decision.choice === null;
  return decision.phase === 'confirm' && openPoints(known, rules).length > 1;
}

/** Who may still be the answer. */
export function openPoints(known: Known, rules: TuneRules): TunePoint[] {
  return stillOpen(eligiblePoints(known, rules), known.forks, rules);
}
