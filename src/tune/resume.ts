import { knownPilot } from '../measure/pilot.js';
import type { Learned } from '../measure/session.js';
import type { HalfDone, Tune, TuneFork, TunePoint, TuneRules } from '../schema/index.js';
import { beforeConfirm, confirmsOf } from './evidence.js';
import { finalistsOf } from './finalists.js';
import type { TuneSpace } from './space.js';

/** What an earlier tune of the same has found out and measured. */
export interface Resumed {
  readonly forks: readonly TuneFork[];
  /** What is known of the task; null: it has to be found out anew. */
  readonly learned: Learned | null;
  /** Of a confirmation that was not done: its forks are among `forks`. */
  readonly confirming: HalfDone | null;
  readonly unscreened: number;
  readonly hurried: boolean;
}

/** A tune that has its answer is confirmed anew, as the budget may have room for more before that. */
export function resumedFrom(tune: Tune | null): Resumed {
  const forks = tune?.forks ?? [];
  const { confirming = null } = tune ?? {};
  const goesOn =
    tune?.answer === null && confirming !== null && confirming.forks.length === confirmsOf(forks).length;
  return {
    forks: goesOn ? forks : beforeConfirm(forks),
    learned: tune === null || forks.length === 0 ? null : learnedFrom(tune),
    confirming: goesOn ? confirming : null,
    unscreened: tune?.unscreened ?? 0,
    hurried: goesOn && tune.hurried,
  };
}

/** Null: a file of an earlier version does not tell how isolates were warmed. */
function learnedFrom({ alone, warmUp }: Tune): Learned | null {
  if (alone === null || (warmUp !== null && warmUp.waits === undefined)) return null;
  const pilot = warmUp && knownPilot({ waits: warmUp.waits === true, settled: warmUp.settled }, warmUp);
  // As it was warmed already: nothing of it is taken off again.
  return { alone: { ...alone, computes: false, lengths: null }, allFail: false, pilot };
}

/** With the bounds that its forks were chosen by. */
export function withBounds(space: TuneSpace, tune: Tune | null): TuneSpace {
  const known = new Map(tune?.points.map(point => [point.id, point]));
  return { ...space, points: space.points.map(point => known.get(point.id) ?? point) };
}

/** Whether its forks are of those that would be confirmed now. */
export function isOfFinalists(
  confirming: HalfDone,
  known: { readonly points: readonly TunePoint[]; readonly forks: readonly TuneFork[] },
  rules: TuneRules,
): boolean {
  const ids = finalistsOf({ ...known, hurry: true }, rules).map(({ id }) => id);
  const saved = confirming.forks[0]?.map(({ id }) => id) ?? [];
  return saved.toSorted().join() === ids.toSorted().join();
}
