import { pairOf } from '../../../src/report/pairs.js';
import { type ConclusionKind, conclude } from '../../../src/report/words/conclusion.js';
import type { Report, SteadyState, Validity } from '../../../src/schema/index.js';
import { agree, type RatioInterval } from './interval.js';

/** What one run of the program says of threads against the loop. */
export interface Said {
  readonly seed: number;
  /** Null where it gives none. */
  readonly ratio: number | null;
  /** Null where it gives no interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** Of the first trials in fresh processes; null where it has none. */
  readonly cold: number | null;
  readonly state: SteadyState;
  /** The budget that it names for a steady answer, or for a precise one; null where it needs no other. */
  readonly budgetMs: number | null;
  readonly validity: Validity;
  readonly headline: string;
  /** Whom its headline tells to use; null where it tells nobody. */
  readonly winner: Winner | null;
}

export type Winner = 'loop' | 'threads';

const LOOP = 'limited';
const THREADS = 'queue';

/** "The loop is simpler" is advice too: whoever reads it does not start threads. */
const ADVISED: Partial<Record<ConclusionKind, Winner>> = {
  'use threads': 'threads',
  'use the loop': 'loop',
  'little in it': 'loop',
  equal: 'loop',
  'no difference': 'loop',
};

/**
 * @param report of a run of one scenario with `limited` and `queue`
 * @throws Error for another report
 */
export function saidBy(report: Report): Said {
  const [scenario] = report.scenarios;
  const loop = scenario?.executors.find(({ variant: { name } }) => name === LOOP);
  const threads = scenario?.executors.find(({ variant: { name } }) => name === THREADS);
  if (scenario === undefined || loop === undefined || threads === undefined)
    throw new Error(`a run of ${LOOP} and ${THREADS} has no results of both`);
  const pair = pairOf(scenario, threads.variant.id, loop.variant.id);
  const { kind, headline } = conclude(scenario);
  return {
    seed: report.seed,
    ratio: pair?.ratio ?? null,
    low: pair?.low ?? null,
    high: pair?.high ?? null,
    cold: quotientOf(loop.coldWallMs, threads.coldWallMs),
    state: scenario.steadiness.state,
    budgetMs: scenario.steadiness.budgetMs ?? scenario.precision?.budgetMsNeeded ?? null,
    validity: scenario.validity,
    headline,
    winner: ADVISED[kind] ?? null,
  };
}

function quotientOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

/** It claims steady speed with an interval, and the interval of its difference from the truth holds 0. */
export function agrees(truth: RatioInterval, said: Said): boolean {
  const { ratio, low, high, state, validity } = said;
  if (ratio === null || low === null || high === null) return false;
  return state === 'steady' && validity !== 'INVALID' && agree({ ratio, low, high }, truth);
}

/** From here on a loop that is called the better choice is the wrong one. */
const WORTH_THREADS = 1.05;

/** @param truth threads ÷ loop */
export function isWrong(winner: Winner | null, truth: number): boolean {
  if (winner === 'threads') return truth < 1;
  return winner === 'loop' && truth > WORTH_THREADS;
}
