import { nowMs, nowNs } from '../clock.js';
import { Batch } from '../tasks/batch.js';
import type { TrialLoadStrategy } from './loads/load.js';
import type { TrialSetting } from './trial.js';

/** The scheduler needs some 10 ms to give two threads that were woken on one core a core each. */
const LEAD_IN_MS = 20;
const TASKS_PER_WORKER = 2;

/**
 * Runs a few tasks over and over, unrecorded, right before a trial's clock starts.
 *
 * While others have their trials its workers sleep, and may all be woken on the same core: of 100 tasks of 4 ms in two
 * threads that took 4 % of the trial. Whoever works steadily has it behind them.
 *
 * @param asked as in the trial itself: whether results are looked at for what cannot be sent, and the limit in flight
 */
export async function leadIn(
  { executor, ledger, signal }: TrialSetting,
  load: TrialLoadStrategy,
  asked: { readonly isLookedAt: boolean; readonly inFlight: number | undefined },
): Promise<void> {
  if (!load.hasLeadIn) return;
  const tasks = Math.min(load.tasks, TASKS_PER_WORKER * ledger.counts.endedByWorker().length);
  const startedMs = nowMs();
  do {
    ledger.reset(tasks, asked.isLookedAt);
    ledger.span.begin(nowNs());
    await executor.run(new Batch(tasks, ledger, signal, { keep: 0, inFlight: asked.inFlight }));
    ledger.span.halt();
    await new Promise(setImmediate);
  } while (nowMs() - startedMs < LEAD_IN_MS && !signal.aborted);
}
