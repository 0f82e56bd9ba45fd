import type { PoolTaskData } from '../tasks/pool-task.js';
import { type Ledger, NOT_STARTED } from '../trial/ledger.js';
import type { WorkerUsage } from '../trial/usage.js';

/** What a worker process is told on its command line, as JSON. */
export interface ProcessTaskData extends PoolTaskData {
  /** Of the ledger that it keeps for itself; null: as many places as a duration load has. */
  readonly capacity: number | null;
}

/** Told to all worker processes: they share no memory in which they would see it. */
export const ABORT = 'abort';
/** Asks them for a `UsageAnswer`. */
export const USAGE = 'usage';

/** Told to all of them before each batch. It overtakes no task: all of the batch before have been answered. */
export interface BatchBegins {
  /** Whether results are looked at. */
  readonly checked: boolean;
}

/**
 * What a worker process sends back, a tuple: names of fields would be written into every message. Clocks are the machine's, so its stamps hold here too. Outcome NOT_STARTED: it was no
 * task, or one held back by an abort.
 */
export type ProcessReply = readonly [
  value: unknown,
  outcomeAndWorker: number,
  startedNs: number,
  durationNs: number,
];

const OUTCOMES = 8;

export function outcomeAndWorker(outcome: number, worker: number): number {
  return outcome + OUTCOMES * worker;
}

/** What a worker process has used since it was started, and tasks of it that were given up. */
export interface UsageAnswer {
  readonly usage: true;
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly involuntarySwitches: number;
  /** Of the batch at hand. */
  readonly ignoredAborts: number;
  readonly strays: number;
}

/** Said before it dies: its pool knows only that it is gone. */
export interface LastWords {
  readonly lastWords: string;
}

/** A child process, as far as it is asked questions. */
interface Asked {
  readonly pid?: number | undefined;
  send(message: string, sent: () => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** One that computes answers when it is done: who waits longer measures with what it said last. */
const PATIENCE_MS = 200;

/** @returns the value that a reply held, its times written down */
export function readReply(ledger: Ledger, index: number, reply: ProcessReply): unknown {
  const [value, both, startedNs, durationNs] = reply;
  const outcome = both % OUTCOMES;
  if (outcome !== NOT_STARTED)
    ledger.recordNumbers(index, outcome, (both - outcome) / OUTCOMES, startedNs, startedNs + durationNs);
  return value;
}

/** What worker processes use, asked for before and after a trial: as part of each reply it would cost 5 µs a task. */
export class ProcessUsage {
  readonly #processes: readonly Asked[];
  readonly #latest = new Map<number, UsageAnswer>();
  #heard: () => void = () => {};

  /** @param leaveWords is told what a process says before it dies */
  constructor(processes: readonly Asked[], leaveWords: (words: string) => void) {
    this.#processes = processes;
    // One listener, since each is called with every reply.
    for (const [at, child] of processes.entries())
      child.on('message', message => {
        const { usage, lastWords } = (message ?? {}) as Partial<UsageAnswer & LastWords>;
        if (lastWords !== undefined) leaveWords(lastWords);
        if (usage !== true) return;
        this.#latest.set(at, message as UsageAnswer);
        this.#heard();
      });
  }

  /** Resolves when all have answered, or have had time to. */
  async refresh(): Promise<void> {
    let left = this.#processes.length;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      late = setTimeout(resolve, PATIENCE_MS);
      this.#heard = () => {
        if (--left === 0) resolve();
      };
      for (const child of this.#processes) child.send(USAGE, () => {});
    });
    clearTimeout(late);
    this.#heard = () => {};
  }

  usage(): WorkerUsage {
    const latest = [...this.#latest.values()];
    const sum = (of: (one: UsageAnswer) => number) => latest.reduce((total, one) => total + of(one), 0);
    return {
      cpuMs: sum(one => one.cpuMs),
      peakRssBytes: sum(one => one.peakRssBytes),
      involuntarySwitches: sum(one => one.involuntarySwitches),
      pids: this.#processes.flatMap(({ pid }) => pid ?? []),
      ignoredAborts: sum(one => one.ignoredAborts),
      strays: sum(one => one.strays),
    };
  }
}
