import type { ControllerLink } from './engine.js';

/** CPU time of a broker that the run has started for itself. */
export class BrokerUsage {
  readonly #link: Pick<ControllerLink, 'cpuMs'>;
  /** Since it was started, as of the latest `refresh`. */
  cpuMs = 0;

  constructor(link: Pick<ControllerLink, 'cpuMs'>) {
    this.#link = link;
  }

  async refresh(): Promise<void> {
    this.cpuMs = Math.max(this.cpuMs, await this.#link.cpuMs());
  }
}
