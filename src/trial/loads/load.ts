import type { ArrivalFigures } from '../../schema/index.js';
import type { Batch } from '../../tasks/batch.js';
import type { Columns } from '../columns.js';
import type { Ledger } from '../ledger.js';
import type { Meters } from '../meters.js';
import type { TaskRecord } from '../task-record.js';
import type { TrialSetting } from '../trial.js';

/** A batch that is over; the ledger still has its tasks. */
export interface BatchRun {
  readonly load: TrialLoadStrategy;
  readonly ledger: Ledger;
  readonly batch: Batch;
  readonly startNs: bigint;
  readonly wallMs: number;
  /** Where the ledger is a ring: what was taken down of its tasks. */
  readonly record: TaskRecord | null;
}

export interface RunRequest {
  readonly setting: TrialSetting;
  readonly meters: Meters;
  /** Results of tasks below this index are kept. */
  readonly keep: number;
  readonly taskTimeoutMs: number;
  /** Of a batch; infinite: the executor's own. */
  readonly inFlight: number;
}

/** What became of a schedule, and by how much the pacer was late at each task. */
export type PacedArrivals = ArrivalFigures & { readonly lateness: Float64Array };

/** All that is particular to how the tasks of a trial come. */
export interface TrialLoadStrategy {
  /** Of one batch; 0 where there is no telling. */
  readonly tasks: number;
  /** So many results are digested at most: more would be kept in memory for nothing else. */
  readonly mostDigested: number;
  /** What sets workers to work before the clock starts, run over and over for some ms; absent: they must not be. */
  leadIn?(workers: number, ms: number): TrialLoadStrategy;
  /** Tasks that were there to be done; infinite where they have no end. */
  there(ledger: Ledger): number;
  /** When a task was queued, ms after the start of the trial. */
  queuedMs(ledger: Ledger, place: number, startedMs: number): number;
  /** Latency of a task that was there and not even started: more than it had time for. Absent: it has none. */
  unstartedMs?(ledger: Ledger, place: number, wallMs: number): number;
  /** Runs the tasks, with the meters on from the start of the trial until the last result is here. */
  run(request: RunRequest): Promise<BatchRun>;
  /** The same unrecorded, where a warm-up must not keep to the trial's own time. @returns its wall time, ms */
  runPass?(request: RunRequest): Promise<number>;
  /** Asks the pacer what came of the schedule. */
  endPacing?(setting: TrialSetting, columns: Columns): Promise<PacedArrivals>;
}
