import { type ClockReading, driftBetween } from './clock-offset.js';

/**
 * The clock of a worker from readings around trials. What comes in a trial is converted at once, with the latest reading and
 * the drift from the first to it; the reading after the trial says how far off that was.
 */
export class DriftingClock {
  #first: ClockReading | null = null;
  #latest: ClockReading | null = null;
  #drift = 0;
  #errorNs: number | null = null;

  /** @param reading null: none could be had */
  add(reading: ClockReading | null): void {
    if (reading === null) {
      this.#errorNs = null;
      return;
    }
    const before = this.#latest;
    const missedNs = before === null ? 0 : Math.abs(this.#offsetAt(reading.atNs, before) - reading.offsetNs);
    const drift = this.#first === null ? 0 : driftBetween(this.#first, reading);
    this.#errorNs = Math.max(before?.errorNs ?? 0, reading.errorNs, missedNs);
    // A clock that was set is another one from here on.
    if (drift === null || this.#first === null) this.#first = reading;
    this.#drift = drift ?? 0;
    this.#latest = reading;
  }

  /** Of all that was converted between the latest two readings; null: not known. */
  get errorNs(): number | null {
    return this.#errorNs;
  }

  toControllerNs(workerNs: number): number {
    const latest = this.#latest;
    if (latest === null) return workerNs;
    return workerNs - this.#offsetAt(workerNs - latest.offsetNs, latest);
  }

  #offsetAt(ns: number, { atNs, offsetNs }: ClockReading): number {
    return offsetNs + this.#drift * (ns - atNs);
  }
}
