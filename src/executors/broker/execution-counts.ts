import type { Executions } from '../../schema/index.js';
import type { ControllerLink } from './engine.js';
import type { TrialRun } from './trial-run.js';
import type { WorkerSet } from './worker-set.js';

/** What came of the executions of trials that nobody has been told of yet. */
export class ExecutionCounts {
  #untold: { readonly trial: number; readonly run: TrialRun }[] = [];

  add(trial: number, run: TrialRun): void {
    this.#untold.push({ trial, run });
  }

  /** Of all since the last call. */
  async take(link: Pick<ControllerLink, 'executions'>, workers: WorkerSet): Promise<Executions> {
    const told = this.#untold;
    this.#untold = [];
    const counts = await Promise.all(told.map(({ trial }) => link.executions(trial)));
    const runs = told.map(({ run }) => run.repetitions);
    const sum = (of: (one: (typeof runs)[number]) => number) => runs.reduce((all, one) => all + of(one), 0);
    const retried = sum(one => one.retried);
    const slowestAnswerMs = Math.max(0, ...runs.map(one => one.slowestAnswerMs));
    const { lost, loss, lostAtMs, clockErrorNs } = workers;
    workers.reset();
    const takenOver = runs.map(one => one.takenOverAtMs).filter(atMs => atMs !== null);
    return {
      started: counts.reduce((all, count) => all + countOf(count), 0),
      duplicates: sum(one => one.duplicates),
      differing: sum(one => one.differing),
      duplicateMs: sum(one => one.duplicateMs),
      ...(retried > 0 && { retried }),
      workersLost: lost,
      loss,
      recoveryMs: recoveryOf(lostAtMs, takenOver),
      ...(slowestAnswerMs > 0 && { slowestAnswerMs }),
      ...(clockErrorNs !== 0 && { clockErrorMs: clockErrorNs === null ? null : clockErrorNs / 1e6 }),
    };
  }
}

/** From the end of the latest worker that was lost; null where nothing was taken over since. */
function recoveryOf(lostAtMs: number | null, takenOverAtMs: readonly number[]): number | null {
  if (lostAtMs === null || takenOverAtMs.length === 0) return null;
  const recoveryMs = Math.max(...takenOverAtMs) - lostAtMs;
  return recoveryMs >= 0 ? recoveryMs : null;
}

/** What the broker says is no count until it is one. */
function countOf(count: number): number {
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
}
