import type { Outcomes, Trace, TrialFault } from '../schema/index.js';
import { LogHistogram } from '../stats/histogram.js';
import type { TaskTable } from '../stats/packed-tasks.js';
import type { Failure } from '../tasks/failure.js';
import { type Columns, readColumns, type Tally } from './columns.js';
import { type DigestOf, digestResults } from './digest.js';
import type { BatchRun } from './loads/load.js';
import { taskColumnsOf } from './task-columns.js';
import type { TaskRecord } from './task-record.js';
import { traceOf } from './trace.js';
import type { TrialSpec } from './trial.js';
import {
  failedIn,
  histogramTimes,
  mapTimes,
  mergeColumns,
  type TimesFound,
  timesOfColumns,
  timesOfRecord,
} from './trial-times.js';

/** What the batches of a trial came to, each read when it was over and before the ledger is used again. */
export class TrialBatches {
  wallMs = 0;
  /** Tasks that were given up while they ran. */
  ignoredAborts = 0;
  /** Of the first batch: what one of them did says enough. */
  digests: Float64Array | null = null;
  trace: Trace | null = null;
  columns: TaskTable | null = null;
  #read = 0;
  readonly #spec: TrialSpec;
  readonly #times: BatchTimes;
  readonly #failed: Record<string, number> = {};
  readonly #examples = new Map<string, Failure>();
  /** By what they say: batches may share one. */
  readonly #faults = new Map<string, TrialFault>();

  /** @param tasks of one batch */
  constructor(spec: TrialSpec, tasks: number) {
    this.#spec = spec;
    this.#times = new BatchTimes(tasks * spec.repeats);
  }

  get batches(): number {
    return this.#read;
  }

  /** @param digestOf as `digestResults` has it */
  read(run: BatchRun, digestOf?: DigestOf | null): void {
    const { batch, ledger, wallMs } = run;
    const tally = this.#times.add(run, this.#spec.taskTimeoutMs);
    this.wallMs += wallMs;
    this.ignoredAborts += ledger.ignoredAborts;
    for (const [kind, count] of Object.entries(batch.failedByKind))
      this.#failed[kind] = (this.#failed[kind] ?? 0) + count;
    for (const example of batch.examples)
      if (!this.#examples.has(example.kind)) this.#examples.set(example.kind, example);
    // Of each batch, or two faults could cancel each other out.
    for (const fault of conservationFaults(run, tally)) this.#faults.set(JSON.stringify(fault), fault);
    if (this.#read++ > 0) return;
    if (this.#spec.digest) this.digests = digestResults(batch.results, digestOf);
    if (this.#spec.trace === false || run.record !== null) return;
    this.trace = traceOf(run);
    if (this.#spec.trace === 'columns') this.columns = taskColumnsOf(run);
  }

  times(): TimesFound {
    return this.#times.found();
  }

  get examples(): Failure[] {
    return [...this.#examples.values()];
  }

  get faults(): TrialFault[] {
    return [...this.#faults.values()];
  }

  outcomes({ issued, completed, cancelled }: Tally): Outcomes {
    return { issued, completed, cancelled, failed: this.#failed };
  }
}

/** Tasks issued = completed + failed + cancelled, by the ledger and by what was received. */
function conservationFaults({ load, ledger, batch }: BatchRun, tally: Tally): TrialFault[] {
  const faults: TrialFault[] = [];
  for (const outcome of ['completed', 'failed', 'cancelled'] as const) {
    const [inLedger, received] = [tally[outcome], batch[outcome]];
    if (inLedger !== received) faults.push({ code: 'not-received', outcome, inLedger, received });
  }
  const expected = load.there(ledger);
  const mayStopEarly = batch.signal.aborted || tally.cancelled > 0 || !Number.isFinite(expected);
  const { issued } = tally;
  if (issued !== expected && !mayStopEarly) faults.push({ code: 'not-issued', issued, expected });
  return faults;
}

/** Up to so many tasks the times of a trial of several batches are exact: their columns take half a megabyte. */
const EXACT_UP_TO = 16_384;

/** The times of all tasks of a trial: exact of one batch or of as many tasks as are kept, by histogram of more. */
class BatchTimes {
  readonly #tasks: number;
  readonly #kept: Columns[] = [];
  readonly #tallies: Tally[] = [];
  #histograms: ReturnType<typeof newHistograms> | null = null;
  #record: TaskRecord | null = null;
  readonly #exact: boolean;

  /** @param tasks of all batches together */
  constructor(tasks: number) {
    this.#tasks = tasks;
    this.#exact = tasks <= EXACT_UP_TO;
  }

  add(run: BatchRun, limitMs: number): Tally {
    const { record } = run;
    if (record !== null) {
      this.#record = record;
      return record.tally();
    }
    const columns = readColumns(run, limitMs);
    const { issued, completed, cancelled, failed, firstResultMs, lastResultMs, ranMs } = columns;
    this.#tallies.push({ issued, completed, cancelled, failed, firstResultMs, lastResultMs, ranMs });
    const isOnly = run.batch.tasks === this.#tasks;
    if (this.#exact || isOnly) this.#kept.push(columns);
    else {
      this.#histograms ??= newHistograms();
      mapTimes(this.#histograms, (histogram, name) => {
        histogram.addAll(columns[name]);
        histogram.addFailed(failedIn(columns, name));
      });
    }
    return columns;
  }

  found(): TimesFound {
    if (this.#record !== null) return timesOfRecord(this.#record);
    const tally = sumOfTallies(this.#tallies);
    if (this.#histograms !== null) return { tally, columns: null, ...histogramTimes(this.#histograms) };
    return timesOfColumns(this.#kept.length === 1 ? this.#kept[0]! : mergeColumns(this.#kept, tally));
  }
}

function newHistograms() {
  const [latencyMs, waitMs] = [new LogHistogram(), new LogHistogram()];
  return { latencyMs, waitMs, serviceMs: new LogHistogram(), deliveryMs: new LogHistogram() };
}

/** Counts add up; the first and the last result are those of a typical batch: means over those that had any. */
function sumOfTallies(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const mean = (of: (tally: Tally) => number | null) => {
    const values = tallies.map(of).filter(value => value !== null);
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
  };
  return {
    issued: sum(tally => tally.issued),
    completed: sum(tally => tally.completed),
    cancelled: sum(tally => tally.cancelled),
    failed: sum(tally => tally.failed),
    ranMs: sum(tally => tally.ranMs),
    firstResultMs: mean(tally => tally.firstResultMs),
    lastResultMs: mean(tally => tally.lastResultMs),
  };
}
