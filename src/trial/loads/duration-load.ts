import { nowNs } from '../../clock.js';
import { Batch } from '../../tasks/batch.js';
import type { Ledger } from '../ledger.js';
import { TaskRecord } from '../task-record.js';
import type { BatchRun, RunRequest, TrialLoadStrategy } from './load.js';

/** In-flight is kept full for a time. A task is taken when there is room for it: nobody waits. */
export class DurationTrialLoad implements TrialLoadStrategy {
  readonly tasks = 0;
  readonly mostDigested = 1_000;
  readonly #durationNs: bigint;

  constructor({ durationMs }: { readonly durationMs: number }) {
    this.#durationNs = BigInt(Math.round(durationMs * 1e6));
  }

  there(): number {
    return Number.POSITIVE_INFINITY;
  }

  queuedMs(_ledger: Ledger, _place: number, startedMs: number): number {
    return startedMs;
  }

  leadIn(_workers: number, ms: number): DurationTrialLoad {
    return new DurationTrialLoad({ durationMs: ms });
  }

  async run({ setting, meters, keep, inFlight, taskTimeoutMs }: RunRequest): Promise<BatchRun> {
    const { executor, ledger, signal } = setting;
    meters.start();
    const startNs = nowNs();
    ledger.span.begin(startNs, startNs + this.#durationNs);
    const record = new TaskRecord(ledger, startNs, taskTimeoutMs);
    const ended = (index: number) => record.take(index);
    const batch = new Batch(this.there(), ledger, signal, { ended, keep, inFlight });
    await executor.run(batch);
    return { load: this, ledger, batch, startNs, wallMs: meters.stop(startNs), record };
  }
}
