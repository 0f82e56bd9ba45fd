import { CANCELLED_KIND, type Failure } from './failure.js';
import type { Ledger } from './ledger.js';

/**
 * The tasks 0 … n−1 of one trial, and the place on the host's main thread where their results arrive.
 *
 * Every executor keeps its results, as `Promise.all` does for its users.
 */
export class Batch {
  readonly tasks: number;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** By index; undefined for a failed task. */
  readonly results: unknown[];
  /** Counted here, apart from the ledger, so that the two can be compared. */
  completed = 0;
  cancelled = 0;
  failed = 0;
  readonly failedByKind: Record<string, number> = {};
  /** The first failure of each kind, for the report. */
  readonly examples: Failure[] = [];

  constructor(tasks: number, ledger: Ledger, signal: AbortSignal) {
    this.tasks = tasks;
    this.ledger = ledger;
    this.signal = signal;
    this.results = new Array(tasks);
  }

  complete(index: number, result: unknown): void {
    this.results[index] = result;
    this.completed++;
  }

  fail(_index: number, failure: Failure): void {
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
