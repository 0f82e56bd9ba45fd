import { WorkerLost } from '../errors.js';
import type { WarmedUp } from '../schema/index.js';
import type { FromHost, StartMessage, ToHost } from '../trial/messages.js';
import type { ShownResult } from '../trial/shown-result.js';
import type { TrialOutput, TrialSpec } from '../trial/trial.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import type { Child } from './child.js';
import type { Host } from './launcher.js';

/** A host that does not close its executor in this time is killed. */
const STOP_GRACE_MS = 1_000;
/** Many times what the slowest start takes: dozens of processes on a machine that is busy. */
const START_LIMIT_MS = 60_000;
/** 24 days: a timer of Node's that is set to more goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Pending {
  resolve(message: FromHost): void;
  reject(error: WorkerLost): void;
}

/** The CLI's handle of a host: one question at a time, and every end of the process an answer. */
export class HostProcess implements Host {
  readonly #child: Child;
  #pending: Pending | null = null;
  #disposed: Promise<void> | undefined;

  private constructor(child: Child) {
    this.#child = child;
    child.process.on('message', (message: FromHost) => {
      const pending = this.#pending;
      this.#pending = null;
      if (message.type === 'fault') pending?.reject(new WorkerLost(message.reason));
      else pending?.resolve(message);
    });
    void child.exited.then(reason => {
      this.#pending?.reject(new WorkerLost(reason));
      this.#pending = null;
    });
  }

  /** Resolves when the process is up. */
  static async boot(child: Child): Promise<HostProcess> {
    const host = new HostProcess(child);
    await host.#ask(null);
    return host;
  }

  async start(message: StartMessage): Promise<number> {
    const answer = await this.#within(START_LIMIT_MS, 'the start', this.#ask(message));
    if (answer.type !== 'started') throw unexpected(answer);
    return answer.startupMs;
  }

  async trial(spec: TrialSpec, limitMs: number): Promise<TrialOutput> {
    const measured = await this.#within(limitMs, 'the trial', this.#ask({ type: 'trial', spec }));
    if (measured.type !== 'measured') throw unexpected(measured);
    return measured.output;
  }

  async warmUp(spec: TrialSpec, aim: WarmUpAim, limitMs: number): Promise<WarmedUp> {
    const answer = await this.#within(limitMs, 'the warm-up', this.#ask({ type: 'warm-up', spec, aim }));
    if (answer.type !== 'warmed-up') throw unexpected(answer);
    return answer.result;
  }

  async results(indexes: readonly number[]): Promise<readonly ShownResult[]> {
    const answer = await this.#within(
      START_LIMIT_MS,
      'the comparison',
      this.#ask({ type: 'results', indexes }),
    );
    if (answer.type !== 'results') throw unexpected(answer);
    return answer.results;
  }

  /** Kills a host that does not answer in time. */
  async #within(limitMs: number, what: string, answer: Promise<FromHost>): Promise<FromHost> {
    let overdue: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const end = () => {
        reject(new WorkerLost(`${what} did not end within ${Math.round(limitMs / 1000)} s and was stopped`));
        void this.#child.kill();
      };
      overdue = setTimeout(end, Math.min(limitMs, LONGEST_TIMER_MS));
    });
    try {
      return await Promise.race([answer, limit]);
    } finally {
      clearTimeout(overdue);
      answer.catch(() => {});
    }
  }

  #ask(message: ToHost | null): Promise<FromHost> {
    const reason = this.#child.exitReason();
    if (reason !== null) return Promise.reject(new WorkerLost(reason));
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      if (message !== null) this.#child.process.send(message, () => {});
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#stop();
    return this.#disposed;
  }

  /** A host in the middle of something is killed; an idle one closes what it opened. */
  async #stop(): Promise<void> {
    if (this.#child.exitReason() !== null) return;
    if (this.#pending !== null) return this.#child.kill();
    this.#child.ending();
    this.#child.process.send({ type: 'stop' } satisfies ToHost, () => {});
    const late = setTimeout(() => void this.#child.kill(), STOP_GRACE_MS);
    await this.#child.exited;
    clearTimeout(late);
  }
}

function unexpected(message: FromHost): WorkerLost {
  return new WorkerLost(`the host answered out of turn (${message.type})`);
}
