import { nowNs } from '../../clock.js';
import { Batch } from '../../tasks/batch.js';
import { TaskRecord } from '../task-record.js';
import type { BatchRun, RunRequest, TrialLoadStrategy } from './load.js';

/** Of each worker. */
const LEAD_IN_TASKS = 2;
/** Results of more tasks are not all kept to be compared: alike for all executors. */
export const MOST_COMPARED = 1_000_000;

/** All tasks are there at the start. */
export class BatchTrialLoad implements TrialLoadStrategy {
  readonly mostDigested = MOST_COMPARED;
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
    taskTimeoutMs,
  }: RunRequest): Promise<BatchRun> {
    let record: TaskRecord | null = null;
    const ended = ledger.isRing ? (index: number) => record?.take(index) : undefined;
    const options = { keep: Math.min(this.tasks, keep), inFlight, ...(ended && { ended }) };
    const batch = new Batch(this.tasks, ledger, signal, options);
    meters.start();
    const startNs = nowNs();
    ledger.span.begin(startNs);
    if (ledger.isRing) record = new TaskRecord(ledger, startNs, taskTimeoutMs, 'at start');
    await executor.run(batch);
    return { load: this, ledger, batch, startNs, wallMs: meters.stop(startNs), record };
  }
}
