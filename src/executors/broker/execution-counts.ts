import type { Executions } from '../../schema/index.js';
import type { ControllerLink } from './engine.js';
import type { TrialRun } from './trial-run.js';
import type { WorkerSet } from './worker-set.js';

/** What came of the executions of trials that nobody has been told of yet. */
export class ExecutionCounts {
  #untold: TrialRun[] = [];

  add(run: TrialRun): void {
    this.#untold.push(run);
  }

  /** Of all since the last call. */
  async take(link: Pick<ControllerLink, 'queue' | 'verifyPolicy'>, workers: WorkerSet): Promise<Executions> {
    const runs = this.#untold;
    this.#untold = [];
    const [active] = await Promise.all([link.queue.getActive(0, -1), link.verifyPolicy?.()]);
    for (const run of runs) run.noteActive(active);
    const sum = (of: (one: TrialRun) => number) => runs.reduce((all, one) => all + of(one), 0);
    const retried = sum(({ repetitions }) => repetitions.retried);
    const slowestAnswerMs = Math.max(0, ...runs.map(({ repetitions }) => repetitions.slowestAnswerMs));
    const { lost, loss, lostAtMs, clockErrorNs } = workers;
    workers.reset();
    const takenOver = runs.map(({ repetitions }) => repetitions.takenOverAtMs).filter(atMs => atMs !== null);
    return {
      started: sum(run => run.started),
      duplicates: sum(({ repetitions }) => repetitions.duplicates),
      differing: sum(({ repetitions }) => repetitions.differing),
      duplicateMs: sum(({ repetitions }) => repetitions.duplicateMs),
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
