import type { Learned } from '../measure/session.js';
import type { HalfDone, Tune, TuneFork, TuneLimits, TunePoint, TuneRules } from '../schema/index.js';
import { answerOf } from './answer.js';

/** How far a tune has come. */
export interface TuneState {
  readonly learned: Learned | null;
  readonly points: readonly TunePoint[];
  readonly forks: readonly TuneFork[];
  readonly rules: TuneRules;
  /** CPU time that each isolate is given before its trials. */
  readonly givenMs: number;
  readonly cores: number;
  readonly trials: number;
  readonly elapsedMs: number;
  readonly hurried: boolean;
  readonly unscreened: number;
  /** Null: nothing is confirmed. */
  readonly choice: string | null;
  /** Null: no confirmation is under way. */
  readonly confirming: HalfDone | null;
}

/** What a report says of it. */
export function tuneRecord(
  {
    plan,
    asked,
    module,
    poolFile,
    budgetMs,
    limits,
  }: Pick<Tune, 'asked' | 'module' | 'poolFile' | 'budgetMs'> & {
    readonly limits: TuneLimits;
    readonly plan: { readonly scenarios: readonly { readonly name: string }[] };
  },
  { learned, points, forks, rules, givenMs, choice, confirming, ...counted }: TuneState,
): Tune {
  return {
    target: plan.scenarios[0]!.name,
    asked,
    module,
    poolFile,
    points,
    forks,
    rules,
    limits,
    alone: aloneOf(learned),
    warmUp: warmUpOf(learned, givenMs),
    budgetMs,
    ...counted,
    ...(confirming === null ? {} : { confirming }),
    answer: choice === null ? null : answerOf(points, forks, rules, choice),
  };
}

function aloneOf(learned: Learned | null): Tune['alone'] {
  if (learned?.alone == null) return null;
  const { tasks, serviceMs, cpuMs, parts } = learned.alone;
  return { tasks, serviceMs, cpuMs, parts: parts ?? null };
}

function warmUpOf(learned: Learned | null, givenMs: number): Tune['warmUp'] {
  if (learned?.pilot == null) return null;
  const { settling, waits } = learned.pilot;
  const { need, settled } = settling;
  return { cpuMs: need.cpuMs, tasks: need.tasks, settled, givenMs, waits };
}
