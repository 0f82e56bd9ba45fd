import type { OriginSettings } from '../model.js';
import { calibrateKernel } from './calibrate.js';
import { type Child, forkEntry } from './child.js';
import { HostProcess } from './host-process.js';
import type { Host, Launcher, Origin } from './launcher.js';
import { startOriginProcess } from './origin-process.js';
import { Reaper } from './reaper.js';

/** Real processes, each watched by the reaper from its first moment. */
export class SystemLauncher implements Launcher {
  readonly #reaper = new Reaper();
  readonly #children = new Set<Child>();

  startHost(): Promise<Host> {
    return HostProcess.boot(this.#fork('host'));
  }

  startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    return startOriginProcess(this.#fork('origin'), { settings, seed, port });
  }

  calibrate(): Promise<number> {
    return calibrateKernel(this.#fork('calibrate'));
  }

  #fork(name: string): Child {
    const child = forkEntry(name);
    this.#reaper.watch(child);
    this.#children.add(child);
    void child.exited.then(() => this.#children.delete(child));
    return child;
  }

  /** Ends whatever is still there, at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#children].map(child => child.kill()));
    await this.#reaper[Symbol.asyncDispose]();
  }
}
