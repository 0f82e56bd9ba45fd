import type { LoopSpell } from '../../schema/index.js';
import type { RecordingView } from '../view/types.js';
import type { ExecutorFamily } from '../words/labels.js';
import { symbolPath } from './charts/marks.js';
import type { Looks } from './looks.js';

/** What a page has of one trial for its script, as JSON in a `template`: that is no script, and is not shown. */
export interface TrialData {
  readonly executor: string;
  /** The class that colours it. */
  readonly tone: string;
  /** Its symbol: data of a path about 0, 0. */
  readonly symbol: string;
  readonly family: ExecutorFamily;
  readonly wallMs: number;
  readonly tasks: number;
  readonly unitMs: number;
  /** Base64 of gzip of `packTasks`. */
  readonly packed: string;
  /** In units, each as what it is more than the one before: from, to, from, to, …; null: not recorded. */
  readonly busy: readonly number[] | null;
  readonly firstTasks: RecordingView['firstTasks'];
}

export function trialData(recording: RecordingView, looks: Looks): TrialData {
  const look = looks(recording.executorName);
  const { executor, family, wallMs, packed, loopBusyMs, firstTasks } = recording;
  return {
    executor,
    tone: look.className,
    symbol: symbolPath(look),
    family,
    wallMs,
    tasks: packed.tasks,
    unitMs: packed.unitMs,
    packed: packed.data,
    busy: loopBusyMs === null ? null : stepsOf(loopBusyMs, packed.unitMs),
    firstTasks,
  };
}

function stepsOf(spells: readonly LoopSpell[], unitMs: number): number[] {
  let last = 0;
  return spells.flat().map(ms => {
    const at = Math.round(ms / unitMs);
    const step = at - last;
    last = at;
    return step;
  });
}
