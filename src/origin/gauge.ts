import { performance } from 'node:perf_hooks';
import { nowMs as systemNowMs } from '../clock.js';
import type { OriginCounters } from '../schema/index.js';

/** Counts what the origin serves; mean concurrency is the integral of concurrency over time ÷ time. */
export class Gauge {
  readonly #nowMs: () => number;
  /** Requests that have arrived and are not answered; a stalled one until its client gives up. */
  #concurrency = 0;
  #requests = 0;
  #responses = 0;
  #connections = 0;
  #maxConcurrency = 0;
  /** ∫ concurrency dt since the last reading, up to `#changedAtMs`. */
  #areaMs = 0;
  #changedAtMs: number;
  #readAtMs: number;
  #cpu = process.cpuUsage();
  #loop = performance.eventLoopUtilization();

  constructor(nowMs: () => number = systemNowMs) {
    this.#nowMs = nowMs;
    this.#readAtMs = nowMs();
    this.#changedAtMs = this.#readAtMs;
  }

  connected(): void {
    this.#connections++;
  }

  /** @returns concurrency, this request included */
  arrived(): number {
    this.#integrate();
    this.#requests++;
    this.#concurrency++;
    if (this.#concurrency > this.#maxConcurrency) this.#maxConcurrency = this.#concurrency;
    return this.#concurrency;
  }

  answered(): void {
    this.#responses++;
    this.left(1);
  }

  /** Requests that end without an answer: reset, or given up by their client. */
  left(requests: number): void {
    this.#integrate();
    this.#concurrency -= requests;
  }

  /** What was counted since the last call; `connections` are those opened since, `maxConcurrency` starts at what was there. */
  take(): OriginCounters {
    this.#integrate();
    const nowMs = this.#changedAtMs;
    const elapsedMs = nowMs - this.#readAtMs;
    const cpu = process.cpuUsage(this.#cpu);
    const loop = performance.eventLoopUtilization();
    const busy = performance.eventLoopUtilization(loop, this.#loop);
    const counters: OriginCounters = {
      requests: this.#requests,
      responses: this.#responses,
      connections: this.#connections,
      maxConcurrency: this.#maxConcurrency,
      meanConcurrency: elapsedMs > 0 ? this.#areaMs / elapsedMs : this.#concurrency,
      cpuMs: (cpu.user + cpu.system) / 1000,
      elapsedMs,
      loopActiveMs: busy.active,
    };
    this.#cpu = process.cpuUsage();
    this.#loop = loop;
    this.#requests = this.#responses = this.#connections = this.#areaMs = 0;
    this.#maxConcurrency = this.#concurrency;
    this.#readAtMs = nowMs;
    return counters;
  }

  #integrate(): void {
    const nowMs = this.#nowMs();
    this.#areaMs += this.#concurrency * (nowMs - this.#changedAtMs);
    this.#changedAtMs = nowMs;
  }
}
