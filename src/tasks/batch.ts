import { CANCELLED_KIND, type Failure } from './failure.js';
import type { Recorder } from './recorder.js';
import type { TaskSource } from './source.js';

export interface BatchOptions {
  /** Told of each task when its result is here; what was recorded of it may be let go of after that. */
  readonly ended?: (index: number) => void;
  /** Results of tasks below this index are kept, all others let go of. Default: of all tasks, as `Promise.all` does. */
  readonly keep?: number;
  /** At most so many at the same time, of an executor that takes such a limit; the one it was started with is never exceeded. */
  readonly inFlight?: number | undefined;
}

/** Tasks of which more is known than their times. */
export const LONGEST_SAMPLE = 24;

/** The tasks of one trial, and the place on the host's main thread where their results arrive. */
export class Batch {
  /** 0 … n−1 are to be done; infinite in a duration load. */
  readonly tasks: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** What the main thread is to start next, for executors that start tasks from there. */
  readonly source: TaskSource;
  readonly inFlight: number;
  /** By index; undefined for a failed task, and for one whose result is not kept. */
  readonly results: unknown[];
  /** Counted here, apart from the record, so that the two can be compared. */
  completed = 0;
  cancelled = 0;
  failed = 0;
  readonly failedByKind: Record<string, number> = {};
  /** The first failure of each kind, for the report. */
  readonly examples: Failure[] = [];
  /** Of the first tasks by index, for a trace. */
  readonly firstFailures = new Map<number, Failure>();
  /** Indexes in the order in which results and failures came, the first of them. */
  readonly arrived: number[] = [];
  readonly #ended: ((index: number) => void) | undefined;
  readonly #keep: number;

  constructor(
    tasks: number,
    recorder: Recorder,
    signal: AbortSignal,
    { ended, keep = tasks, inFlight = Number.POSITIVE_INFINITY }: BatchOptions = {},
  ) {
    this.tasks = tasks;
    this.recorder = recorder;
    this.signal = signal;
    this.inFlight = inFlight;
    this.source = recorder.source(tasks, signal);
    this.results = Number.isFinite(keep) ? new Array(keep) : [];
    this.#ended = ended;
    this.#keep = keep;
  }

  /** Where a result is delivered. One that is not kept is garbage from here on, as in a service that has sent it. */
  complete(index: number, result: unknown): void {
    if (index < this.#keep) this.results[index] = result;
    this.completed++;
    if (this.arrived.length < LONGEST_SAMPLE) this.arrived.push(index);
    this.#ended?.(index);
  }

  fail(index: number, failure: Failure): void {
    this.#count(failure);
    if (index < LONGEST_SAMPLE) this.firstFailures.set(index, failure);
    if (this.arrived.length < LONGEST_SAMPLE) this.arrived.push(index);
    this.#ended?.(index);
  }

  #count(failure: Failure): void {
    if (failure.kind === CANCELLED_KIND) {
      this.cancelled++;
      return;
    }
    this.failed++;
    const before = this.failedByKind[failure.kind] ?? 0;
    if (before === 0) this.examples.push(failure);
    this.failedByKind[failure.kind] = before + 1;
  }
}
