import { nowNs } from '../../clock.js';
import { Batch } from '../../tasks/batch.js';
import type { BatchRun, RunRequest, TrialLoadStrategy } from './load.js';

/** Of each worker. */
const LEAD_IN_TASKS = 2;

/** All tasks are there at the start. */
export class BatchTrialLoad implements TrialLoadStrategy {
  readonly mostDigested = Number.POSITIVE_INFINITY;
  readonly tasks: number;

  constructor({ tasks }: { readonly tasks: number }) {
    this.tasks = tasks;
  }

  there(): number {
    return this.tasks;
  }

  queuedMs(): number {
    return 0;
  }

  leadIn(workers: number): BatchTrialLoad {
    return new BatchTrialLoad({ tasks: Math.min(this.tasks, LEAD_IN_TASKS * workers) });
  }

  async run({
    setting: { executor, ledger, signal },
    meters,
    keep,
    inFlight,
  }: RunRequest): Promise<BatchRun> {
    const batch = new Batch(this.tasks, ledger, signal, { keep: Math.min(this.tasks, keep), inFlight });
    meters.start();
    const startNs = nowNs();
    ledger.span.begin(startNs);
    await executor.run(batch);
    return { load: this, ledger, batch, startNs, wallMs: meters.stop(startNs), record: null };
  }
}
