import { nowNs } from '../clock.js';
import { cancelled, failureOf, timedOut } from './failure.js';
import { IDLE, type Lane } from './lane.js';
import type { TaskRecorder } from './recorder.js';

const SHORTEST_SWEEP_MS = 2;
const LONGEST_SWEEP_MS = 50;

/**
 * One timer for all lanes of a thread: aborts tasks past their limit, gives up those that ignore it, and passes on an
 * abort that another thread put into shared memory. (A timer per task would cost 3–8 µs each.)
 *
 * A time-out is noticed up to a tenth of the limit late, at most 50 ms.
 */
export class Deadlines {
  readonly #lanes: Set<Lane>;
  readonly #recorder: TaskRecorder;
  readonly #limitMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(lanes: Set<Lane>, recorder: TaskRecorder, limitMs: number) {
    this.#lanes = lanes;
    this.#recorder = recorder;
    this.#limitMs = limitMs;
  }

  /** To be called when a task starts. A sweep that finds all lanes idle ends the watch: a timer started and stopped with each task would cost 1 µs. */
  watch(): void {
    if (this.#timer !== undefined) return;
    const everyMs = Math.min(LONGEST_SWEEP_MS, Math.max(SHORTEST_SWEEP_MS, this.#limitMs / 10));
    this.#timer = setInterval(() => this.#sweep(), everyMs).unref();
  }

  cancelAll(): void {
    for (const lane of this.#lanes) if (lane.index !== IDLE) lane.signal.abort(cancelled());
  }

  #sweep(): void {
    if (this.#recorder.aborted) this.cancelAll();
    const latestStartNs = nowNs() - BigInt(Math.round(this.#limitMs * 1e6));
    // Over a copy: an abandoned lane is replaced while we go through them.
    const busy = [...this.#lanes].filter(lane => lane.index !== IDLE);
    if (busy.length === 0) this.#rest();
    for (const lane of busy) {
      const { index } = lane;
      // An abort may have ended it meanwhile.
      if (index === IDLE || this.#recorder.startedAtNs(index) > latestStartNs) continue;
      if (!lane.signal.aborted) lane.signal.abort(timedOut(this.#limitMs));
      else this.#abandon(lane, index);
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #abandon(lane: Lane, index: number): void {
    lane.abandoned = true;
    this.#lanes.delete(lane);
    const failure = failureOf(lane.signal.reason);
    this.#recorder.fail(index, failure);
    this.#recorder.addStray();
    lane.giveUp(index, failure);
  }
}
