import { WorkerLost } from '../errors.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type { ExecutorForkResult, ExecutorVariant } from '../schema/index.js';

type Growing<Result> = {
  -readonly [Key in keyof Result]: Result[Key] extends readonly (infer Item)[] ? Item[] : Result[Key];
};

/** Of an executor that a fork does not run, or has not yet. */
export function emptyResult(id: string): Growing<ExecutorForkResult> {
  return {
    id,
    startupMs: null,
    trials: [],
    histograms: [],
    digests: null,
    examples: [],
    trace: null,
    warmedUp: null,
  };
}

/** One executor in a fork: its host, and what came of it. */
export class ForkExecutor implements AsyncDisposable {
  readonly variant: ExecutorVariant;
  readonly result: Growing<ExecutorForkResult>;
  /** Null before it has booted, and once it is lost. */
  host: Host | null = null;

  constructor(variant: ExecutorVariant) {
    this.variant = variant;
    this.result = emptyResult(variant.id);
  }

  async boot(launcher: Launcher): Promise<void> {
    this.host = await launcher.startHost({ uvThreads: this.variant.uvThreads });
  }

  /** Whoever fails at something is of no more use in this fork. */
  async onHost<Result>(work: (host: Host) => Promise<Result>): Promise<Result> {
    if (this.host === null) throw new WorkerLost('its host was lost before');
    try {
      return await work(this.host);
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host?.[Symbol.asyncDispose]();
    this.host = null;
  }
}
