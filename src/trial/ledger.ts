import type { Load } from '../schema/index.js';
import { NOT_STARTED, type Recorder, type SharedRecord } from '../tasks/recorder.js';
import { localSource, type TaskSource } from '../tasks/source.js';
import { type ArrivalBuffers, Arrivals } from './claims/arrivals.js';
import { BatchClaims } from './claims/batch-claims.js';
import { Control } from './claims/control.js';
import { LongBatchClaims } from './claims/long-batch-claims.js';
import { RING_CAPACITY, RingClaims } from './claims/ring-claims.js';
import { TrialSpan } from './claims/trial-span.js';
import { allocateTasks, TaskTable, type TaskTableBuffers } from './task-table.js';

export interface LedgerBuffers extends SharedRecord, TaskTableBuffers, ArrivalBuffers {
  readonly load: Load['kind'];
  /** The places of tasks are used again and again: what is known of one is gone once it is recorded. */
  readonly isRing: boolean;
  readonly control: SharedArrayBuffer;
  readonly span: SharedArrayBuffer;
  readonly lastWords: SharedArrayBuffer;
}

export interface LedgerShape {
  /** Default `batch`. */
  readonly load?: Load['kind'];
  /** Default 1. */
  readonly workers?: number;
  /** Tasks of a batch that all have places of their own. Default: any number. */
  readonly mostPlaces?: number;
}

/** What a load needs of the tables. */
const SHAPES: Readonly<Record<Load['kind'], { readonly isRing: boolean; readonly isPaced: boolean }>> = {
  batch: { isRing: false, isPaced: false },
  duration: { isRing: true, isPaced: false },
  rate: { isRing: false, isPaced: true },
};
/** Longer ones are cut. */
const LAST_WORDS_BYTES = 256;

/** The recorder of threads: all that a host and its threads know of a trial's tasks, in shared memory, a table a subject. */
export class Ledger extends TaskTable implements Recorder {
  readonly shared: LedgerBuffers;
  readonly span: TrialSpan;
  /** Rate load. */
  readonly arrivals: Arrivals;
  /** Duration load. */
  readonly ring: RingClaims;
  /** The tasks of a trial, as every thread of its host claims them. */
  readonly claims: TaskSource;
  readonly #longBatch: LongBatchClaims;
  readonly #control: Control;

  constructor(shared: SharedRecord) {
    const buffers = shared as LedgerBuffers;
    super(buffers, buffers.isRing);
    this.shared = buffers;
    this.#control = new Control(buffers.control);
    this.span = new TrialSpan(buffers.span);
    this.arrivals = new Arrivals(this.#control, buffers);
    this.ring = new RingClaims(this.#control, this.outcome, this.span);
    this.#longBatch = new LongBatchClaims(this.#control, this.outcome);
    const batch = buffers.isRing ? this.#longBatch : new BatchClaims(this.#control);
    this.claims = { batch, duration: this.ring, rate: this.arrivals }[buffers.load];
  }

  /**
   * @param capacity of tasks; not looked at in a duration load
   * @param ownDelivery false for executors whose tasks run on the main thread: delivered is finished
   */
  static allocate(
    capacity: number,
    ownDelivery: boolean,
    { load = 'batch', workers = 1, mostPlaces = Number.POSITIVE_INFINITY }: LedgerShape = {},
  ): Ledger {
    const { isRing: isEndless, isPaced } = SHAPES[load];
    const isLong = load === 'batch' && capacity > mostPlaces;
    const places = isEndless ? RING_CAPACITY : isLong ? ringPlaces(mostPlaces) : capacity;
    const buffers: LedgerBuffers = {
      load,
      isRing: isEndless || isLong,
      ...allocateTasks(places, workers, ownDelivery),
      ...Arrivals.allocate(isPaced ? places : 0),
      control: Control.allocate(),
      span: TrialSpan.allocate(),
      lastWords: new SharedArrayBuffer(LAST_WORDS_BYTES),
    };
    return new Ledger(buffers);
  }

  /** Of the shared memory, all of which is in use once there was a task in each place. */
  get bytes(): number {
    const buffers = new Set(Object.values(this.shared));
    return [...buffers].reduce(
      (sum, buffer) => sum + (buffer instanceof SharedArrayBuffer ? buffer.byteLength : 0),
      0,
    );
  }

  /** Whether what is known of a task is gone once it is recorded. */
  get isRing(): boolean {
    return this.shared.isRing;
  }

  /** Whether tasks come when a pacer releases them. */
  get isPaced(): boolean {
    return SHAPES[this.shared.load].isPaced;
  }

  /** Of a ring: the task has been recorded, its place may be used again. */
  release(index: number): void {
    if (this.shared.load === 'batch') this.#longBatch.release(index);
    else this.ring.release(index);
  }

  /** A batch on a loop has one claimer: the price of shared memory is not its to pay. */
  source(tasks: number, signal: AbortSignal): TaskSource {
    return this.claims instanceof BatchClaims ? localSource(tasks, signal) : this.claims;
  }

  /** Of the trial, where their number is known. */
  get tasks(): number {
    return this.#control.get('tasks');
  }

  get aborted(): boolean {
    return this.#control.aborted;
  }

  abort(): void {
    this.#control.abort();
  }

  /** Blocks this thread until the time is over or the trial is aborted. */
  sleep(ms: number): void {
    this.#control.sleep(ms);
  }

  get checked(): boolean {
    return this.#control.get('checked') === 1;
  }

  get sharing(): boolean {
    return this.#control.get('sharing') === 1;
  }

  get apart(): boolean {
    return this.#control.get('apart') === 1;
  }

  sendApart(): void {
    this.#control.set('apart', 1);
  }

  addStray(): void {
    this.#control.add('ignored', 1);
    this.#control.add('strays', 1);
  }

  endStray(): void {
    this.#control.add('strays', -1);
  }

  /** Tasks of this trial that were given up while they ran. */
  get ignoredAborts(): number {
    return this.#control.get('ignored');
  }

  /** Tasks of any trial that have been given up and still run. */
  get strays(): number {
    return this.#control.get('strays');
  }

  /** A number for a worker whose pool does not number its workers: 0, 1, 2, … */
  enlist(): number {
    return this.#control.add('workers', 1);
  }

  leaveLastWords(text: string): void {
    const words = new Uint8Array(this.shared.lastWords);
    words.fill(0).set(Buffer.from(text).subarray(0, words.length));
  }

  get lastWords(): string {
    const words = Buffer.from(this.shared.lastWords);
    const end = words.indexOf(0);
    return words.toString('utf8', 0, end === -1 ? words.length : end);
  }

  /**
   * Between trials only: nobody may be claiming.
   *
   * @param tasks of the trial; not looked at in a duration load
   * @param checked whether results are looked at
   * @param sharing whether objects that they share are looked for as well
   */
  reset(tasks: number, checked = false, sharing = false): void {
    this.span.halt();
    this.outcome.fill(NOT_STARTED);
    this.counts.reset();
    this.#control.reset(tasks, checked, sharing);
  }
}

/** Of a batch of more tasks than have places of their own: a power of two, and few beside these. */
function ringPlaces(mostPlaces: number): number {
  return 2 ** Math.floor(Math.log2(mostPlaces / 4));
}
