import { performance } from 'node:perf_hooks';
import { nowMs } from '../clock.js';
import type { Random } from '../random.js';
import type { HistogramData, LoopDelay } from '../schema/index.js';
import { LogHistogram } from '../stats/histogram.js';
import type { BusySpells } from './busy-spells.js';

/** What the watch needs of an event loop, so that a test can script one. */
export interface WatchedLoop {
  nowMs(): number;
  /** How long the loop has slept since the process began. */
  idleMs(): number;
  /** Calls back at the next turn, and wakes a sleeping loop for nothing. @returns what takes it back */
  atNextTurn(callback: () => void): () => void;
  /** @returns what takes it back */
  after(ms: number, callback: () => void): () => void;
}

/** The loop of this thread. */
const ownLoop: WatchedLoop = {
  nowMs,
  idleMs: () => performance.nodeTiming.idleTime,
  atNextTurn(callback) {
    // Without a reference it is called when the loop comes round for others, and lets it sleep until then.
    const immediate = setImmediate(callback).unref();
    return () => clearImmediate(immediate);
  },
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Between two probes, on average. */
const MEAN_GAP_MS = 1;
/** A timer comes up to a millisecond late: the turns are looked at from here on. */
const LEAD_MS = 1;
/** A look at each turn costs 0.4 µs: a loop that turns as often as this would feel it. */
const FAST_TURN_MS = 0.2;
const TURNS_LOOKED_AT = 8;
/** There, one probe stands for so many. */
const FAST_WEIGHT = 16;

/**
 * A bystander on this thread's loop: somebody who comes at a random time, and waits until the loop comes round.
 *
 * Probes come at the times of a Poisson process, drawn beforehand, so that their mean wait is the mean over time
 * (Wolff, 1982: Poisson arrivals see time averages), Σ block² ÷ 2 ÷ wall. A probe is no event of its own: what it would
 * have waited is told at the first turn after it was due, and several that fall into one block have a wait each. A
 * loop that sleeps serves at once, and is not woken.
 */
export class LoopWatch {
  readonly #waits = new LogHistogram();
  readonly #random: Random;
  readonly #loop: WatchedLoop;
  readonly #spells: BusySpells | null;
  #dueMs = Number.POSITIVE_INFINITY;
  /** Up to here all is told. */
  #toldMs = 0;
  #toldIdleMs = 0;
  /** Of the next probe: decided by what the loop did before it was drawn, or it would not see averages. */
  #weight = 1;
  #turns = 0;
  #turnsSinceMs = 0;
  #takeBack: (() => void) | null = null;

  /** @param spells is told when the loop was at work, of a trial that is recorded */
  constructor(random: Random, spells: BusySpells | null = null, loop: WatchedLoop = ownLoop) {
    this.#random = random;
    this.#spells = spells;
    this.#loop = loop;
  }

  /** From now on probes come. */
  start(): void {
    this.#toldMs = this.#loop.nowMs();
    this.#toldIdleMs = this.#loop.idleMs();
    this.#slowDown(1);
    this.#lookAgain();
  }

  /** No more come; who is still waiting has waited until now: the block that ends here is counted as well. */
  stop(): void {
    this.#takeBack?.();
    this.#takeBack = null;
    this.#tell();
  }

  /** Of all the time between `start` and `stop`. */
  delay(utilization: number): LoopDelay {
    const { mean, p50, p99, max } = this.#waits.distribution();
    return { utilization, bystanderWaitMs: mean, p50Ms: p50, p99Ms: p99, maxMs: max };
  }

  waits(): HistogramData {
    return this.#waits.toData();
  }

  /** The waits of all that have come due. */
  #tell(): void {
    const now = this.#loop.nowMs();
    const idleMs = this.#loop.idleMs();
    // Whether it slept first or worked first nobody knows; over random times that makes no difference.
    const busySinceMs = this.#toldMs + (idleMs - this.#toldIdleMs);
    this.#toldMs = now;
    this.#toldIdleMs = idleMs;
    this.#spells?.add(busySinceMs, now);
    if (this.#dueMs > now) return;
    for (; this.#dueMs <= now; this.#dueMs += this.#gapMs()) {
      const waitMs = this.#dueMs > busySinceMs ? now - this.#dueMs : 0;
      for (let probe = 0; probe < this.#weight; probe++) this.#waits.add(waitMs);
    }
    if (this.#weight > 1) this.#slowDown(1);
  }

  #turned(): void {
    this.#tell();
    if (this.#weight === 1 && ++this.#turns === TURNS_LOOKED_AT) {
      // Between two far looks many short spells would be one long one: a trial that is recorded is looked at each turn.
      const isFast =
        this.#spells === null && this.#toldMs - this.#turnsSinceMs < TURNS_LOOKED_AT * FAST_TURN_MS;
      this.#slowDown(isFast ? FAST_WEIGHT : 1);
    }
    this.#lookAgain();
  }

  /** Probes come at another rate from now on: without memory as their gaps are, the next one may be drawn anew. */
  #slowDown(weight: number): void {
    this.#weight = weight;
    this.#dueMs = this.#toldMs + this.#gapMs();
    this.#turns = 0;
    this.#turnsSinceMs = this.#toldMs;
  }

  #lookAgain(): void {
    const timerMs = this.#weight === 1 ? 0 : Math.floor(this.#dueMs - this.#toldMs - LEAD_MS);
    const callback = () => this.#turned();
    if (timerMs < 1) this.#takeBack = this.#loop.atNextTurn(callback);
    else this.#takeBack = this.#loop.after(timerMs, callback);
  }

  #gapMs(): number {
    return -Math.log(1 - this.#random.next()) * MEAN_GAP_MS * this.#weight;
  }
}
