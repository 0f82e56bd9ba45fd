import { peakRssBytes, pssBytes } from './memory.js';

/** What worker processes have used since they were started, as of `refreshUsage`. */
export interface WorkerUsage {
  readonly cpuMs: number;
  /** Σ of their own peaks, which no trial sets back. */
  readonly peakRssBytes: number;
  readonly involuntarySwitches: number;
  readonly pids: readonly number[];
  /** Tasks of this trial that were given up while they ran. */
  readonly ignoredAborts: number;
  /** Tasks of any trial that have been given up and still run. */
  readonly strays: number;
}

interface TrialUsage {
  readonly cpuMs: number;
  readonly involuntarySwitches: number;
  readonly peakRssBytes: number;
  readonly pssBytes: number | null;
}

const NO_WORKERS: WorkerUsage = {
  cpuMs: 0,
  peakRssBytes: 0,
  involuntarySwitches: 0,
  pids: [],
  ignoredAborts: 0,
  strays: 0,
};

/** What this process uses from now on, and the processes that its executor has started. */
export class UsageWatch {
  readonly #executor: { usage?(): WorkerUsage };
  readonly #workersBefore: WorkerUsage;
  readonly #switchesBefore = process.resourceUsage().involuntaryContextSwitches;
  readonly #cpuBefore = process.cpuUsage();

  constructor(executor: { usage?(): WorkerUsage }) {
    this.#executor = executor;
    this.#workersBefore = executor.usage?.() ?? NO_WORKERS;
  }

  end(): TrialUsage {
    const cpu = process.cpuUsage(this.#cpuBefore);
    const switches = process.resourceUsage().involuntaryContextSwitches - this.#switchesBefore;
    const workers = this.#executor.usage?.() ?? NO_WORKERS;
    const before = this.#workersBefore;
    return {
      cpuMs: (cpu.user + cpu.system) / 1_000 + workers.cpuMs - before.cpuMs,
      involuntarySwitches: switches + workers.involuntarySwitches - before.involuntarySwitches,
      peakRssBytes: peakRssBytes() + workers.peakRssBytes,
      pssBytes: sumOrNull([pssBytes(), ...workers.pids.map(pid => pssBytes(pid))]),
    };
  }
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
