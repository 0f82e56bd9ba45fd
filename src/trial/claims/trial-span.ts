/** The start of a trial that has not begun: no clock gets there. */
const NEVER_NS = 2n ** 62n;
const STAMPS = { start: 0, end: 1 } as const;

/** When the trial began, and when it is to end, as all threads see it. */
export class TrialSpan {
  readonly #stamps: BigInt64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#stamps = new BigInt64Array(buffer);
  }

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(2 * 8);
  }

  get startNs(): bigint {
    return Atomics.load(this.#stamps, STAMPS.start);
  }

  /** Duration load: when the last task may start. */
  get endNs(): bigint {
    return Atomics.load(this.#stamps, STAMPS.end);
  }

  /** Starts the trial's time. */
  begin(startNs: bigint, endNs = startNs): void {
    Atomics.store(this.#stamps, STAMPS.start, startNs);
    Atomics.store(this.#stamps, STAMPS.end, endNs);
  }

  /** The clock stands, until the next `begin`: nobody samples what is in flight. */
  halt(): void {
    Atomics.store(this.#stamps, STAMPS.start, NEVER_NS);
  }
}
