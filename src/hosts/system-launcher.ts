import { loadavg } from 'node:os';
import { WorkerLost } from '../errors.js';
import type { OriginSettings } from '../schema/index.js';
import type { Rehearsal } from '../tasks/rehearsal.js';
import { calibrateKernel } from './calibrate.js';
import { type Child, forkEntry } from './child.js';
import { readMachine } from './environment.js';
import { HostProcess } from './host-process.js';
import type { Host, HostOptions, Launcher, MachineWatch, Origin } from './launcher.js';
import { readMachineTicks } from './machine-load.js';
import { startOriginProcess } from './origin-process.js';
import { Orphans } from './orphans.js';
import { Reaper } from './reaper.js';
import { type RehearsalRequest, rehearseIn } from './rehearsal-process.js';
import { makeRunFolder, removeRunFolder, withTemporaryFolder } from './run-folder.js';

/** Real processes, each watched by the reaper from its first moment. */
export class SystemLauncher implements Launcher {
  readonly #reaper = new Reaper();
  readonly #orphans = new Orphans();
  readonly #children = new Set<Child>();
  /** Made for the first host. */
  #folder: string | null = null;
  #disposed = false;
  readonly machine: MachineWatch = {
    facts: readMachine,
    ticks: () => readMachineTicks(this.#orphans.ticks),
    loadAverage1m: () => loadavg()[0] ?? 0,
  };

  async startHost({ uvThreads }: HostOptions): Promise<Host> {
    const env = uvThreads === null ? {} : { UV_THREADPOOL_SIZE: String(uvThreads) };
    return HostProcess.boot(this.#fork('host', { ...env, ...withTemporaryFolder(this.#temporaryFolder()) }));
  }

  async startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    return startOriginProcess({ settings, seed, port }, this.#fork('origin'));
  }

  async rehearse(request: RehearsalRequest): Promise<Rehearsal | null> {
    return rehearseIn(this.#fork('rehearsal', withTemporaryFolder(this.#temporaryFolder())), request);
  }

  async calibrate(): Promise<number> {
    return calibrateKernel(this.#fork('calibrate'));
  }

  #temporaryFolder(): string {
    if (this.#folder === null) {
      this.#folder = makeRunFolder();
      this.#reaper.watchFolder(this.#folder);
    }
    return this.#folder;
  }

  /** @throws WorkerLost once disposed: an abort must not leave a process that nobody knows */
  #fork(name: string, env: Readonly<Record<string, string>> = {}): Child {
    if (this.#disposed) throw new WorkerLost(`${name} not started: the run is over`);
    const child = forkEntry(name, env, this.#orphans);
    this.#reaper.watch(child);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    return child;
  }

  /** Ends whatever is still there, at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#children].map(child => child.kill()));
    await this.#reaper[Symbol.asyncDispose]();
    if (this.#folder !== null) removeRunFolder(this.#folder);
  }
}
