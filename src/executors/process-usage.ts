import type { ChildProcess } from 'node:child_process';
import type { WorkerUsage } from '../trial/usage.js';

/** Asks them for a `UsageAnswer`. */
export const USAGE = 'usage';

/** What one worker process tells of itself. */
export interface UsageAnswer extends Omit<WorkerUsage, 'pids'> {
  readonly usage: true;
}

/** Said before it dies: its pool knows only that it is gone. */
export interface LastWords {
  readonly lastWords: string;
}

/** One that computes answers when it is done: who waits longer measures with what it said last. */
const PATIENCE_MS = 200;

/** What worker processes use, asked for before and after a trial: as part of each reply it would cost 5 µs a task. */
export class ProcessUsage {
  readonly #processes: readonly ChildProcess[];
  readonly #latest = new Map<number, UsageAnswer>();
  #heard: () => void = () => {};

  /** @param leaveWords is told what a process says before it dies */
  constructor(processes: readonly ChildProcess[], leaveWords: (words: string) => void) {
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
