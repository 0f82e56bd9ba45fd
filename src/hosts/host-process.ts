import { WorkerLost } from '../errors.js';
import type { LossOf, WarmedUp } from '../schema/index.js';
import type { FromHost, StartMessage, ToHost } from '../trial/messages.js';
import type { ShownResult } from '../trial/shown-result.js';
import type { TrialOutput, TrialSpec } from '../trial/trial.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import type { Child } from './child.js';
import { Dialog } from './dialog.js';
import type { Host } from './launcher.js';

/** A host that does not close its executor in this time is killed. */
const STOP_GRACE_MS = 1_000;
/** Many times what the slowest start takes: dozens of processes on a machine that is busy. */
const START_LIMIT_MS = 60_000;
/** 24 days: a timer of Node's that is set to more goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The CLI's handle of a host: every end of the process is an answer. */
export class HostProcess implements Host {
  readonly #child: Child;
  readonly #dialog: Dialog<ToHost, FromHost>;
  #disposed: Promise<void> | undefined;

  private constructor(child: Child) {
    this.#child = child;
    this.#dialog = new Dialog(child);
  }

  /** Resolves when the process is up. */
  static async boot(child: Child): Promise<HostProcess> {
    const host = new HostProcess(child);
    await host.#dialog.ask(null, 'booted');
    return host;
  }

  async start(message: StartMessage): Promise<number> {
    const started = this.#dialog.ask(message, 'started');
    return (await this.#within(START_LIMIT_MS, 'start', started)).startupMs;
  }

  async trial(spec: TrialSpec, limitMs: number): Promise<TrialOutput> {
    const measured = this.#dialog.ask({ type: 'trial', spec }, 'measured');
    return (await this.#within(limitMs, 'trial', measured)).output;
  }

  async warmUp(spec: TrialSpec, aim: WarmUpAim, limitMs: number): Promise<WarmedUp> {
    const warmedUp = this.#dialog.ask({ type: 'warm-up', spec, aim }, 'warmed-up');
    return (await this.#within(limitMs, 'warm-up', warmedUp)).result;
  }

  async results(indexes: readonly number[]): Promise<readonly ShownResult[]> {
    const shown = this.#dialog.ask({ type: 'results', indexes }, 'results');
    return (await this.#within(START_LIMIT_MS, 'comparison', shown)).results;
  }

  /** Kills a host that does not answer in time. */
  async #within<T>(limitMs: number, step: LossOf<'timed-out'>['step'], answer: Promise<T>): Promise<T> {
    let overdue: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const end = () => {
        reject(new WorkerLost({ code: 'timed-out', step, limitMs }));
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

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#stop();
    return this.#disposed;
  }

  /** A host in the middle of something is killed; an idle one closes what it opened. */
  async #stop(): Promise<void> {
    if (this.#child.loss() !== null) return;
    if (this.#dialog.isAsking) return this.#child.kill();
    this.#child.ending();
    this.#dialog.tell({ type: 'stop' });
    const late = setTimeout(() => void this.#child.kill(), STOP_GRACE_MS);
    await this.#child.exited;
    clearTimeout(late);
  }
}
