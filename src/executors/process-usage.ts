import type { ChildProcess } from 'node:child_process';
import { messageOf } from '../errors.js';
import type { MessageRecorder } from '../tasks/message-recorder.js';
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

/** In a worker process: answers USAGE, and says why it dies. */
export function answerHost(recorder: MessageRecorder): void {
  process.on('message', message => {
    if (message === USAGE) process.send?.(ownUsage(recorder));
  });
  process.on('uncaughtExceptionMonitor', error =>
    process.send?.({ lastWords: messageOf(error) } satisfies LastWords),
  );
}

function ownUsage({ ignoredAborts, strays }: MessageRecorder): UsageAnswer {
  const { userCPUTime, systemCPUTime, maxRSS, involuntaryContextSwitches } = process.resourceUsage();
  return {
    usage: true,
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakRssBytes: maxRSS * 1024,
    involuntarySwitches: involuntaryContextSwitches,
    ignoredAborts,
    strays,
  };
}

/** One that computes answers when it is done: who waits longer measures with what it said last. */
const PATIENCE_MS = 200;

/** What worker processes use, asked for before and after a trial: as part of each reply it would cost 5 µs a task. */
export class ProcessUsage {
  /** Those that live, with what each said last. */
  readonly #latest = new Map<ChildProcess, UsageAnswer | null>();
  readonly #leaveWords: (words: string) => void;
  /** Of those that have ended: time that was used stays used. */
  #endedCpuMs = 0;
  #endedSwitches = 0;
  #heard: () => void = () => {};

  /** @param leaveWords is told what a process says before it dies */
  constructor(leaveWords: (words: string) => void) {
    this.#leaveWords = leaveWords;
  }

  watch(child: ChildProcess): void {
    this.#latest.set(child, null);
    // One listener, since each is called with every reply.
    child.on('message', message => {
      const { usage, lastWords } = (message ?? {}) as Partial<UsageAnswer & LastWords>;
      if (lastWords !== undefined) this.#leaveWords(lastWords);
      if (usage !== true) return;
      this.#latest.set(child, message as UsageAnswer);
      this.#heard();
    });
    child.once('exit', () => this.#forget(child));
  }

  /** Resolves when all have answered, or have had time to. */
  async refresh(): Promise<void> {
    const children = [...this.#latest.keys()];
    let left = children.length;
    let late: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      if (left === 0) return resolve();
      late = setTimeout(resolve, PATIENCE_MS);
      this.#heard = () => {
        if (--left === 0) resolve();
      };
      for (const child of children) child.send(USAGE, () => {});
    });
    clearTimeout(late);
    this.#heard = () => {};
  }

  usage(): WorkerUsage {
    const latest = [...this.#latest.values()].filter(one => one !== null);
    const sum = (of: (one: UsageAnswer) => number) => latest.reduce((total, one) => total + of(one), 0);
    return {
      cpuMs: this.#endedCpuMs + sum(one => one.cpuMs),
      peakRssBytes: sum(one => one.peakRssBytes),
      involuntarySwitches: this.#endedSwitches + sum(one => one.involuntarySwitches),
      pids: [...this.#latest.keys()].flatMap(({ pid }) => pid ?? []),
      ignoredAborts: sum(one => one.ignoredAborts),
      strays: sum(one => one.strays),
    };
  }

  #forget(child: ChildProcess): void {
    const last = this.#latest.get(child);
    this.#latest.delete(child);
    this.#endedCpuMs += last?.cpuMs ?? 0;
    this.#endedSwitches += last?.involuntarySwitches ?? 0;
  }
}
