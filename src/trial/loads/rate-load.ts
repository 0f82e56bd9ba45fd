import { nowMs, nowNs } from '../../clock.js';
import { Batch } from '../../tasks/batch.js';
import type { Columns } from '../columns.js';
import type { Ledger } from '../ledger.js';
import { beginPacing, drainLimitMs, endPacing, LEAD_NS } from '../pacing.js';
import type { TrialSetting } from '../trial.js';
import type { RateTrial } from '../trial-load.js';
import type { BatchRun, PacedArrivals, RunRequest, TrialLoadStrategy } from './load.js';

/** Tasks come on a schedule that waits for nobody: latency counts from the time at which one was due. */
export class RateTrialLoad implements TrialLoadStrategy {
  readonly mostDigested = Number.POSITIVE_INFINITY;
  readonly #load: RateTrial;

  constructor(load: RateTrial) {
    this.#load = load;
  }

  get tasks(): number {
    return this.#load.tasks;
  }

  there(ledger: Ledger): number {
    return ledger.arrivals.released;
  }

  queuedMs({ arrivals }: Ledger, place: number): number {
    return arrivals.dueMs[place]!;
  }

  unstartedMs({ arrivals }: Ledger, place: number, wallMs: number): number {
    return wallMs - arrivals.dueMs[place]!;
  }

  async run({ setting, meters, keep, inFlight }: RunRequest): Promise<BatchRun> {
    const { executor, ledger, signal, pacer } = setting;
    const overdue = new AbortController();
    const batch = this.#batch(ledger, AbortSignal.any([signal, overdue.signal]), { keep, inFlight });
    const startNs = beginPacing(pacer!, ledger, this.#load);
    const limitMs = drainLimitMs(this.#load) + Number(LEAD_NS) / 1e6;
    const drained = setTimeout(() => overdue.abort(), limitMs);
    meters.start();
    try {
      await executor.run(batch);
      return { load: this, ledger, batch, startNs, wallMs: meters.stop(startNs), record: null };
    } finally {
      clearTimeout(drained);
      // Whatever ended the trial, the pacer must not go on.
      ledger.abort();
    }
  }

  /** All due at once: at the rate of the trials an idle executor would take minutes to see enough tasks. */
  async runPass({
    setting: { executor, ledger, signal },
    meters,
    keep,
    inFlight,
  }: RunRequest): Promise<number> {
    ledger.arrivals.dueMs.fill(0, 0, this.tasks);
    ledger.span.begin(nowNs());
    meters.usage.start();
    const startedMs = nowMs();
    ledger.arrivals.releaseUpTo(this.tasks);
    ledger.arrivals.close();
    await executor.run(this.#batch(ledger, signal, { keep, inFlight }));
    const wallMs = nowMs() - startedMs;
    meters.usage.stop();
    return wallMs;
  }

  endPacing({ pacer, ledger }: TrialSetting, columns: Columns): Promise<PacedArrivals> {
    return endPacing(pacer!, ledger, this.#load, columns);
  }

  #batch(
    ledger: Ledger,
    signal: AbortSignal,
    { keep, inFlight }: Pick<RunRequest, 'keep' | 'inFlight'>,
  ): Batch {
    const ended = () => ledger.arrivals.countEnded();
    return new Batch(this.tasks, ledger, signal, { ended, keep: Math.min(this.tasks, keep), inFlight });
  }
}
