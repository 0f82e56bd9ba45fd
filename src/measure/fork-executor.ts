import { WorkerLost } from '../errors.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type { ExecutorForkResult, ExecutorVariant, Scenario } from '../schema/index.js';

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

/** The process that serves an executor, or the variants of one that differ in nothing but what a batch is told. */
export class ForkHost implements AsyncDisposable {
  /** As it is started: what it serves has limits no higher. */
  readonly variant: ExecutorVariant;
  /** Null before it has booted, and once it is lost. */
  process: Host | null = null;
  startupMs: number | null = null;

  constructor(variant: ExecutorVariant) {
    this.variant = variant;
  }

  async boot(launcher: Launcher): Promise<void> {
    const { uvThreads, node } = this.variant;
    this.process = await launcher.startHost({ uvThreads, execPath: node?.execPath ?? null });
  }

  /** Whoever fails at something is of no more use in this fork. */
  async ask<Result>(work: (host: Host) => Promise<Result>): Promise<Result> {
    if (this.process === null) throw new WorkerLost({ code: 'host-gone' });
    try {
      return await work(this.process);
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process?.[Symbol.asyncDispose]();
    this.process = null;
  }
}

/** One executor in a fork: its host, and what came of it. */
export class ExecutorInFork {
  readonly variant: ExecutorVariant;
  readonly host: ForkHost;
  readonly result: Growing<ExecutorForkResult>;

  constructor(variant: ExecutorVariant, host: ForkHost) {
    this.variant = variant;
    this.host = host;
    this.result = emptyResult(variant.id);
  }

  /** Of those that a host serves the one that it is started as: it has the cold trial, and is warmed. */
  get isFirst(): boolean {
    return this.host.variant === this.variant;
  }
}

/** A host for each variant; where hosts are shared one for all that need no other. */
export function executorsInFork({ executors, sharesHosts = false }: Scenario): ExecutorInFork[] {
  const hosts = new Map<string, ForkHost>();
  // The highest limit first: a host is started with that.
  const ordered = [...executors].sort((a, b) => b.inFlight - a.inFlight);
  for (const variant of ordered) {
    const key = hostKey(variant, sharesHosts);
    if (!hosts.has(key)) hosts.set(key, new ForkHost(variant));
  }
  return executors.map(variant => new ExecutorInFork(variant, hosts.get(hostKey(variant, sharesHosts))!));
}

function hostKey(variant: ExecutorVariant, sharesHosts: boolean): string {
  if (!sharesHosts || variant.capabilities.inFlightByBatch !== true) return variant.id;
  const { moduleUrl, threads, options, params, workload, uvThreads, node, results } = variant;
  return JSON.stringify([moduleUrl, threads, options, params, workload, uvThreads, node, results]);
}
