import { nowMs } from '../clock.js';
import type { RunRequest, TrialLoadStrategy } from './loads/load.js';
import type { TrialSetting } from './trial.js';

/** The scheduler needs some 10 ms to give two threads that were woken on one core a core each. */
const LEAD_IN_MS = 20;

/**
 * Runs a few tasks over and over, unrecorded, right before a trial's clock starts.
 *
 * While others have their trials its workers sleep, and may all be woken on the same core: of 100 tasks of 4 ms in two
 * threads that took 4 % of the trial. Whoever works steadily has it behind them.
 *
 * @param request as of the trial, with meters of its own
 * @param isLookedAt whether results are looked at for what cannot be sent, as in the trial itself
 */
export async function leadIn(
  { ledger, signal }: TrialSetting,
  load: TrialLoadStrategy,
  request: RunRequest,
  isLookedAt: boolean,
): Promise<void> {
  if (load.leadIn === undefined) return;
  const startedMs = nowMs();
  do {
    const pass = load.leadIn(ledger.counts.endedByWorker().length, LEAD_IN_MS);
    ledger.reset(pass.tasks, isLookedAt);
    await pass.run({ ...request, keep: 0 });
    ledger.span.halt();
    await new Promise(setImmediate);
  } while (nowMs() - startedMs < LEAD_IN_MS && !signal.aborted);
}
