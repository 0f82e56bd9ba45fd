/** Int32 words in a cache line: workers that count in the same line would slow each other down. */
const LINE = 16;

/** Tasks that each worker has started and ended. A count of its own: it knows no stamps. */
export class WorkerCounts {
  readonly #counts: Int32Array;
  readonly #workers: number;

  static bytesOf(workers: number): number {
    return workers * LINE * 4;
  }

  constructor(buffer: SharedArrayBuffer) {
    this.#counts = new Int32Array(buffer);
    this.#workers = this.#counts.length / LINE;
  }

  addStarted(worker: number): void {
    this.#counts[(worker % this.#workers) * LINE]!++;
  }

  addEnded(worker: number): void {
    this.#counts[(worker % this.#workers) * LINE + 1]!++;
  }

  reset(): void {
    this.#counts.fill(0);
  }

  /** Tasks started and not ended, on all threads. */
  inFlight(): number {
    let tasks = 0;
    for (let at = 0; at < this.#counts.length; at += LINE)
      tasks += Atomics.load(this.#counts, at) - Atomics.load(this.#counts, at + 1);
    return tasks;
  }

  /** Tasks that each worker has ended since the last reset. */
  endedByWorker(): number[] {
    return Array.from({ length: this.#workers }, (_, worker) =>
      Atomics.load(this.#counts, worker * LINE + 1),
    );
  }
}
