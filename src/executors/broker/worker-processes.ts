import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nowMs } from '../../clock.js';
import { entryUrl } from '../../entry.js';
import { messageOf, WorkerLost } from '../../errors.js';
import type { Loss, LossOf } from '../../schema/index.js';
import type { WorkerUsage } from '../../trial/usage.js';
import { allOpen } from '../all-open.js';
import type { ProcessUsage } from '../process-usage.js';
import { workerEnded } from '../worker-exits.js';
import type { BrokerWorkerData } from './worker.js';
import type { WorkerSet } from './worker-set.js';

export type ToBrokerWorker = { readonly open: BrokerWorkerData } | 'close' | 'drain';
export type FromBrokerWorker = { readonly opened: true } | { readonly refused: string };

/** To put one in the place of a worker that has ended. */
const MOST_ATTEMPTS = 5;
/** A worker that has not let go of its workload by then is killed. */
const CLOSE_GRACE_MS = 500;
/** And one that is to end its tasks first, if these take longer. */
const DRAIN_LIMIT_MS = 30_000;

/** It was ended before it had opened the workload, and did not say why. */
class EndedEarly extends WorkerLost {}

export interface WorkerProcessesOptions {
  /** Of each worker but its number. */
  readonly data: Omit<BrokerWorkerData, 'worker'>;
  readonly usage: ProcessUsage;
  /** There will be no worker in its place: nothing more can be had. */
  readonly lose: (loss: Loss) => void;
}

/** Processes on this machine that take jobs; one that ends is replaced, as whoever runs a service would see to. */
export class WorkerProcesses implements WorkerSet {
  readonly #options: WorkerProcessesOptions;
  readonly #children = new Set<ChildProcess>();
  #closing = false;
  lost = 0;
  loss: LossOf<'worker-ended'> | null = null;
  lostAtMs: number | null = null;

  constructor(options: WorkerProcessesOptions) {
    this.#options = options;
  }

  /** @param first number of the first of them */
  async open(workers: number, first = 0): Promise<void> {
    await allOpen(Array.from({ length: workers }, (_, worker) => this.#start(first + worker)));
  }

  usage(): WorkerUsage {
    return this.#options.usage.usage();
  }

  refresh(): Promise<void> {
    return this.#options.usage.refresh();
  }

  /** One that ends is replaced at once. */
  async check(): Promise<void> {}

  /** There is one clock. */
  toControllerNs(_process: number, ns: number): number {
    return ns;
  }

  readonly clockErrorNs = 0;

  /** Counts from now on. */
  reset(): void {
    this.lost = 0;
    this.loss = null;
    this.lostAtMs = null;
  }

  /** Resolves when it has opened the workload. */
  #start(worker: number): Promise<void> {
    const { data, usage } = this.#options;
    const child = fork(fileURLToPath(entryUrl('broker-worker')), [], {
      execArgv: [],
      serialization: 'advanced',
    });
    this.#children.add(child);
    usage.watch(child);
    let isOpen = false;
    const opened = new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('message', (message: Partial<Record<'opened' | 'refused', unknown>> | null) => {
        if (message?.refused !== undefined) reject(new Error(String(message.refused)));
        if (message?.opened !== true) return;
        isOpen = true;
        resolve();
      });
      child.once('exit', (exitCode, signal) => {
        this.#children.delete(child);
        const how = workerEnded('process', { exitCode, signal });
        reject(new EndedEarly(how));
        if (isOpen && !this.#closing) void this.#replace(worker, how);
      });
    });
    child.send({ open: { ...data, worker } } satisfies ToBrokerWorker, () => {});
    return opened;
  }

  async #replace(worker: number, how: LossOf<'worker-ended'>): Promise<void> {
    let message: string | null = null;
    for (let attempts = 0; attempts < MOST_ATTEMPTS && !this.#closing; attempts++) {
      this.lost++;
      this.loss ??= how;
      this.lostAtMs = nowMs();
      try {
        return await this.#start(worker);
      } catch (error) {
        if (error instanceof EndedEarly) continue;
        // Who cannot open the workload will not the next time either.
        message = messageOf(error);
        break;
      }
    }
    const { exitCode, signal } = how;
    if (!this.#closing) this.#options.lose({ code: 'worker-not-replaced', exitCode, signal, message });
  }

  /** Resolves when all are gone. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#children].map(child => end(child, 'close', CLOSE_GRACE_MS)));
  }

  /** Resolves when all are gone, after the tasks that they have. */
  async drain(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#children].map(child => end(child, 'drain', DRAIN_LIMIT_MS)));
  }
}

async function end(child: ChildProcess, how: 'close' | 'drain', graceMs: number): Promise<void> {
  const exited = new Promise(resolve => child.once('exit', resolve));
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.send(how satisfies ToBrokerWorker, () => {});
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(late);
}
