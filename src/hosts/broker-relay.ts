import type { FromRelay, RelayRequest, ToRelay } from '../executors/broker/relay/relay.js';
import { type Child, forkEntry } from './child.js';
import type { Companion } from './companion.js';
import { Dialog } from './dialog.js';

/** Puts a round trip between a private broker and its clients. A process of its own: its work is not theirs. */
export class BrokerRelay implements Companion {
  readonly #child: Child = forkEntry('broker-relay');
  /** Its end is told by those that use it: others can go on without. */
  readonly lost = new Promise<never>(() => {});

  get process() {
    return this.#child.process;
  }

  get exited() {
    return this.#child.exited;
  }

  /** Resolves when it listens. @throws WorkerLost when it does not come up */
  async start(request: RelayRequest): Promise<void> {
    await new Dialog<ToRelay, FromRelay>(this.#child).ask({ type: 'start', ...request }, 'ready');
  }

  async end(): Promise<null> {
    await this.#child.kill();
    return null;
  }
}
