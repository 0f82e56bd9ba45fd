import { loadavg } from 'node:os';
import { WorkerLost } from '../errors.js';
import { ticksOfFamily } from '../proc.js';
import type { ModuleRef, OriginSettings, ProcessName, Serve } from '../schema/index.js';
import type { Rehearsal } from '../tasks/rehearsal.js';
import { findBroker } from './brokers.js';
import { calibrateKernel } from './calibrate.js';
import { type Child, forkEntry } from './child.js';
import type { Companion, RunningBroker, RunningSetup, ServedCommand } from './companion.js';
import { readEnvironment, readMachine } from './environment.js';
import { HostProcess } from './host-process.js';
import type { BrokerRequest, Host, HostOptions, Launcher, MachineWatch, Origin } from './launcher.js';
import { readMachineTicks } from './machine-load.js';
import { startOriginProcess } from './origin-process.js';
import { Orphans } from './orphans.js';
import { Reaper, type WatchedProcess } from './reaper.js';
import { type RehearsalRequest, rehearseIn } from './rehearsal-process.js';
import { makeRunFolder, removeRunFolder, withTemporaryFolder } from './run-folder.js';
import { ServedProcess } from './served-command.js';
import { SetupProcess } from './setup-process.js';

/** Real processes, each watched by the reaper from its first moment. */
export class SystemLauncher implements Launcher {
  readonly #reaper = new Reaper();
  readonly #orphans = new Orphans();
  readonly #children = new Set<Child>();
  /** In the order in which they were started. */
  readonly #companions: Companion[] = [];
  /** The groups of those that live. */
  readonly #companionGroups = new Set<number>();
  #serveUrl: string | null = null;
  /** Made for the first host. */
  #folder: string | null = null;
  /** Besides that one. */
  readonly #folders: string[] = [];
  #disposed: Promise<void> | null = null;
  readonly machine: MachineWatch = {
    facts: readMachine,
    environment: readEnvironment,
    ticks: () => readMachineTicks(this.#orphans.ticks + this.#companionTicks()),
    loadAverage1m: () => loadavg()[0] ?? 0,
  };

  async startHost({ uvThreads, execPath = null }: HostOptions): Promise<Host> {
    const env = uvThreads === null ? {} : { UV_THREADPOOL_SIZE: String(uvThreads) };
    const own = { ...env, ...withTemporaryFolder(this.#temporaryFolder()) };
    return HostProcess.boot(this.#fork('host', own, execPath));
  }

  async startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    return startOriginProcess({ settings, seed, port }, this.#fork('origin'));
  }

  async rehearse(request: RehearsalRequest, execPath: string | null = null): Promise<Rehearsal | null> {
    const env = withTemporaryFolder(this.#temporaryFolder());
    return rehearseIn(this.#fork('rehearsal', env, execPath), request);
  }

  async calibrate(): Promise<number> {
    return calibrateKernel(this.#fork('calibrate'));
  }

  async setUp(workload: ModuleRef, seed: number): Promise<RunningSetup> {
    const child = this.#start('setup', withTemporaryFolder(this.#temporaryFolder()));
    const setup = new SetupProcess(child, workload);
    this.#accompany(setup, child);
    const data = await setup.setUp(seed);
    return { data, lost: setup.lost, end: () => setup.end() };
  }

  async serve(request: Serve): Promise<ServedCommand> {
    const env = withTemporaryFolder(this.#temporaryFolder());
    const served = await ServedProcess.start(request, { env, orphans: this.#orphans });
    this.#reaper.watch(served);
    this.#accompany(served, served);
    // An abort while a port was looked for.
    if (this.#disposed !== null) await served.end();
    const url = await served.ready();
    this.#serveUrl = url;
    return { url, lost: served.lost, end: () => served.end() };
  }

  async broker(request: BrokerRequest): Promise<RunningBroker> {
    return findBroker(request, {
      folder: () => this.#temporaryFolder(),
      watchFolder: folder => {
        this.#reaper.watchFolder(folder);
        this.#folders.push(folder);
      },
      watch: started => {
        this.#reaper.watch(started);
        this.#accompany(started, started);
      },
      // An abort while it was started.
      isOver: () => this.#disposed !== null,
    });
  }

  /** What runs beside the measured code is ours too, and its end may be far. */
  #companionTicks(): number {
    return [...this.#companionGroups].reduce((sum, group) => sum + ticksOfFamily(group), 0);
  }

  #accompany(companion: Companion, { process: { pid }, exited }: WatchedProcess): void {
    this.#companions.push(companion);
    if (pid === undefined) return;
    this.#companionGroups.add(pid);
    void exited.then(() => this.#companionGroups.delete(pid));
  }

  #temporaryFolder(): string {
    if (this.#folder === null) {
      this.#folder = makeRunFolder();
      this.#reaper.watchFolder(this.#folder);
    }
    return this.#folder;
  }

  /** One that is ended at once when the run is over. */
  #fork(
    name: ProcessName,
    env: Readonly<Record<string, string>> = {},
    execPath: string | null = null,
  ): Child {
    const child = this.#start(name, env, execPath);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    return child;
  }

  /** @throws WorkerLost once disposed: an abort must not leave a process that nobody knows */
  #start(name: ProcessName, env: Readonly<Record<string, string>>, execPath: string | null = null): Child {
    if (this.#disposed !== null) throw new WorkerLost({ code: 'run-over', process: name });
    const served = this.#serveUrl === null ? {} : { SERVE_URL: this.#serveUrl };
    const child = forkEntry(name, { ...served, ...env }, { orphans: this.#orphans, execPath });
    this.#reaper.watch(child);
    return child;
  }

  /** Ends whatever is still there: what measures at once, and then, the last one first, what runs beside it. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#children].map(child => child.kill()));
    for (const companion of this.#companions.toReversed()) await companion.end();
    await this.#reaper[Symbol.asyncDispose]();
    for (const folder of [this.#folder, ...this.#folders]) if (folder !== null) removeRunFolder(folder);
  }
}
