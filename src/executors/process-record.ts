import type { Ledger } from '../trial/ledger.js';
import type { PoolRequest, PoolTaskData } from '../trial/pool-task.js';
import type { WorkerUsage } from '../trial/usage.js';

/** What a worker process is told on its command line, as JSON. */
export interface ProcessTaskData extends PoolTaskData {
  /** Of the ledger that it keeps for itself; null: as many places as a duration load has. */
  readonly capacity: number | null;
}

/** Told to all worker processes: they share no memory in which they would see it. */
export const ABORT = 'abort';

export interface ProcessRequest {
  /** Number of the batch: what comes after an abort with the number of that batch is held back. */
  readonly batch: number;
  readonly request: PoolRequest;
}

/** What a worker process sends back: clocks are the machine's, so its stamps hold here too. */
export interface ProcessReply {
  readonly value: unknown;
  /** Null: it was no task, or one held back by an abort. */
  readonly times: {
    readonly startedNs: bigint;
    readonly finishedNs: bigint;
    readonly outcome: number;
  } | null;
  /** From 0. */
  readonly worker: number;
  readonly pid: number;
  /** Since the process was started. */
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly involuntarySwitches: number;
}

/** Takes down what worker processes say of their tasks and of themselves. */
export class ProcessRecord {
  /** The latest of each process. */
  readonly #latest = new Map<number, Omit<ProcessReply, 'value' | 'times'>>();

  note({ worker, pid, cpuMs, peakRssBytes, involuntarySwitches }: ProcessReply): void {
    const before = this.#latest.get(pid);
    if (before !== undefined && before.cpuMs > cpuMs) return;
    this.#latest.set(pid, { worker, pid, cpuMs, peakRssBytes, involuntarySwitches });
  }

  /** @returns what the reply held */
  write(ledger: Ledger, index: number, { value, times, worker }: ProcessReply): unknown {
    if (times !== null) ledger.record(index, { ...times, worker });
    return value;
  }

  usage(): WorkerUsage {
    const latest = [...this.#latest.values()];
    const sum = (of: (one: (typeof latest)[number]) => number) =>
      latest.reduce((total, one) => total + of(one), 0);
    return {
      cpuMs: sum(one => one.cpuMs),
      peakRssBytes: sum(one => one.peakRssBytes),
      involuntarySwitches: sum(one => one.involuntarySwitches),
      pids: latest.map(({ pid }) => pid),
    };
  }
}
