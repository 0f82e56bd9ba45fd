import type { BrokerAddress } from '../schema/index.js';
import { BrokerProcess } from './broker-process.js';
import type { BrokerRelay } from './broker-relay.js';
import { findBroker } from './brokers.js';
import type { RunningBroker } from './companion.js';
import { Reaper } from './reaper.js';
import { makeRunFolder, removeRunFolder } from './run-folder.js';

/** A broker for whoever has no run: gone when it is disposed, or when this process ends however it does. */
export class PrivateBroker implements AsyncDisposable {
  readonly #running: RunningBroker;
  readonly #process: BrokerProcess;
  readonly #reaper: Reaper;
  readonly #folders: readonly string[];
  #disposed: Promise<void> | undefined;

  private constructor(
    running: RunningBroker,
    process: BrokerProcess,
    reaper: Reaper,
    folders: readonly string[],
  ) {
    this.#running = running;
    this.#process = process;
    this.#reaper = reaper;
    this.#folders = folders;
  }

  /** @throws UsageError where there is none to be had */
  static async start(backend: string): Promise<PrivateBroker> {
    const reaper = new Reaper();
    const folders: string[] = [];
    const watchFolder = (folder: string) => {
      reaper.watchFolder(folder);
      folders.push(folder);
    };
    const folder = () => {
      const made = makeRunFolder();
      watchFolder(made);
      return made;
    };
    let started: BrokerProcess | null = null;
    const watch = (process: BrokerProcess | BrokerRelay) => {
      if (process instanceof BrokerProcess) started = process;
      reaper.watch(process);
    };
    const care = { folder, watchFolder, watch, isOver: () => false };
    try {
      const wish = { backend, persistence: 'none', rttMs: 0, url: null, caFile: null };
      const running = await findBroker(wish, care);
      return new PrivateBroker(running, started!, reaper, folders);
    } catch (error) {
      await (started as BrokerProcess | null)?.end();
      await reaper[Symbol.asyncDispose]();
      folders.forEach(removeRunFolder);
      throw error;
    }
  }

  get address(): BrokerAddress {
    return this.#running.address;
  }

  get pid(): number {
    return this.#process.process.pid!;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    await this.#running.end();
    await this.#reaper[Symbol.asyncDispose]();
    this.#folders.forEach(removeRunFolder);
  }
}
