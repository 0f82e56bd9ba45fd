import { performance } from 'node:perf_hooks';
import { peakRssBytes, resetPeakRss, takenBytes } from './memory.js';

/** What worker processes have used since they were started, as of `refreshUsage`. */
export interface WorkerUsage {
  readonly cpuMs: number;
  /** Of `cpuMs`: what a broker of the run's own took. Absent: there is none. */
  readonly brokerCpuMs?: number;
  /** Σ of their own peaks, which no trial sets back. */
  readonly peakRssBytes: number;
  readonly involuntarySwitches: number;
  readonly pids: readonly number[];
  /** Tasks of this trial that were given up while they ran. */
  readonly ignoredAborts: number;
  /** Tasks of any trial that have been given up and still run. */
  readonly strays: number;
}

/** Σ over the parts of a trial that are timed. */
export interface TimedUsage {
  readonly cpuMs: number;
  readonly involuntarySwitches: number;
  /** 0 … 1: of this thread's event loop. */
  readonly loopUtilization: number;
  readonly loopActiveMs: number;
}

export interface TrialMemory {
  /** Over the bare host, threads and worker processes included: these by PSS where there is one, else by their peaks. */
  readonly memoryBytes: number;
  readonly peakRssBytes: number;
}

const NO_WORKERS: WorkerUsage = {
  cpuMs: 0,
  peakRssBytes: 0,
  involuntarySwitches: 0,
  pids: [],
  ignoredAborts: 0,
  strays: 0,
};

/**
 * What this process and the processes that its executor has started use, from each `start` to the next `stop`: what is
 * done in between, such as reading the ledger of a batch that is over, is in no figure.
 */
export class UsageWatch {
  readonly #executor: { usage?(): WorkerUsage };
  /** Workers are asked around a trial: what they use is all that has come since. */
  readonly #workersBefore: WorkerUsage;
  #cpuMs = 0;
  #involuntarySwitches = 0;
  #loopActiveMs = 0;
  #loopIdleMs = 0;

  constructor(executor: { usage?(): WorkerUsage }) {
    this.#executor = executor;
    this.#workersBefore = executor.usage?.() ?? NO_WORKERS;
  }

  /** The last thing before the clock starts. */
  start(): void {
    this.#count(-1);
  }

  /** The first thing after the clock has stopped. */
  stop(): void {
    this.#count(1);
  }

  /** Of workers as of the latest `refreshUsage`. */
  timed(): TimedUsage {
    const loopMs = this.#loopActiveMs + this.#loopIdleMs;
    const workers = this.#executor.usage?.() ?? NO_WORKERS;
    const before = this.#workersBefore;
    return {
      cpuMs: this.#cpuMs + workers.cpuMs - before.cpuMs,
      involuntarySwitches:
        this.#involuntarySwitches + workers.involuntarySwitches - before.involuntarySwitches,
      loopActiveMs: this.#loopActiveMs,
      loopUtilization: loopMs > 0 ? this.#loopActiveMs / loopMs : 0,
    };
  }

  /** Peaks count from now on. Files of the kernel are read and written here, for milliseconds: never on a clock. */
  resetMemory(): void {
    resetPeakRss();
    for (const pid of this.#executor.usage?.().pids ?? []) resetPeakRss(pid);
  }

  /** @param bareRssBytes of the host before it had an executor */
  memory(bareRssBytes: number): TrialMemory {
    const workers = this.#executor.usage?.() ?? NO_WORKERS;
    const hostBytes = peakRssBytes();
    const workersBytes = sumOrNull(workers.pids.map(takenBytes)) ?? workers.peakRssBytes;
    return {
      memoryBytes: Math.max(0, hostBytes - bareRssBytes) + workersBytes,
      peakRssBytes: hostBytes + workers.peakRssBytes,
    };
  }

  /** Counters only ever rise: taken off at the start, added at the end. The loop first: reading the rest is work of its own. */
  #count(sign: 1 | -1): void {
    const { active, idle } = performance.eventLoopUtilization();
    const { userCPUTime, systemCPUTime, involuntaryContextSwitches } = process.resourceUsage();
    this.#loopActiveMs += sign * active;
    this.#loopIdleMs += sign * idle;
    this.#cpuMs += (sign * (userCPUTime + systemCPUTime)) / 1_000;
    this.#involuntarySwitches += sign * involuntaryContextSwitches;
  }
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
