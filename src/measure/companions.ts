import { WorkerLost } from '../errors.js';
import type { Companion } from '../hosts/companion.js';
import type { Launcher } from '../hosts/launcher.js';
import type { Loss, Plan } from '../schema/index.js';
import { RunBrokers } from './brokers.js';

/** What runs beside the whole run: the command of `serve`, and the `setup` of each workload that has one. */
export class Companions {
  readonly #launcher: Launcher;
  readonly #lost = new AbortController();
  readonly #running: Companion[] = [];
  readonly #setups = new Map<string, unknown>();
  /** Those that end take only the executors with them that go through them. */
  readonly brokers = new RunBrokers();
  #isEnding = false;

  constructor(launcher: Launcher) {
    this.#launcher = launcher;
  }

  /** Aborted by a WorkerLost, when one of them ends before the run: without it there is nothing more to measure. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** One after the other: a setup may want what is served, or what another one has made. */
  async start(plan: Plan): Promise<void> {
    const { serve, seed, scenarios } = plan;
    await this.brokers.start(plan, this.#launcher);
    if (serve !== null) this.#follow(await this.#launcher.serve(serve));
    const workloads = scenarios.flatMap(({ workload, executors }) => [
      workload,
      ...executors.flatMap(variant => variant.workload ?? []),
    ]);
    for (const { name, moduleUrl, hasSetup } of workloads) {
      if (!hasSetup || this.#setups.has(moduleUrl)) continue;
      const setup = await this.#launcher.setUp({ name, moduleUrl }, seed);
      this.#setups.set(moduleUrl, setup.data);
      this.#follow(setup);
    }
  }

  /** What the `setup` of the workload with this module returned. */
  setupOf(moduleUrl: string): unknown {
    return this.#setups.get(moduleUrl);
  }

  /** The last one first. @returns what went wrong, of the end and before it */
  async end(): Promise<readonly (Loss | string)[]> {
    this.#isEnding = true;
    const { reason } = this.#lost.signal;
    const faults: (Loss | string)[] = reason instanceof WorkerLost ? [reason.loss] : [];
    for (const companion of this.#running.toReversed()) {
      const fault = await companion.end();
      if (fault !== null) faults.push(fault);
    }
    return faults;
  }

  #follow(companion: Companion): void {
    this.#running.push(companion);
    void companion.lost.then(loss => {
      if (!this.#isEnding) this.#lost.abort(new WorkerLost(loss));
    });
  }
}
