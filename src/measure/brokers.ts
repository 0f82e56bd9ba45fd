import { UsageError } from '../errors.js';
import type { RunningBroker } from '../hosts/companion.js';
import type { BrokerRequest, Launcher } from '../hosts/launcher.js';
import type { Broker, BrokerAddress, ExecutorVariant, Plan } from '../schema/index.js';

/** @throws UsageError where a launcher has none, or none is to be had */
export async function startBroker(launcher: Launcher, request: BrokerRequest): Promise<RunningBroker> {
  if (launcher.broker !== undefined) return launcher.broker(request);
  throw new UsageError('executors', 'one without a broker', 'one with a broker', 'Leave it out here.');
}

/** Whose tasks go through a broker, and through which: one for each `backend` that is asked for. */
export class RunBrokers {
  readonly #byBackend = new Map<string, RunningBroker>();
  readonly #modules = new Set<string>();

  async start({ broker = null, caFile = null, scenarios }: BrokerPlan, launcher: Launcher): Promise<void> {
    const variants = scenarios.flatMap(({ executors }) => executors);
    for (const variant of variants.filter(({ capabilities }) => capabilities.hasBroker === true)) {
      this.#modules.add(variant.moduleUrl);
      const backend = backendOf(variant);
      if (this.#byBackend.has(backend)) continue;
      this.#byBackend.set(backend, await startBroker(launcher, { backend, url: broker, caFile }));
    }
  }

  addressFor(variant: Pick<ExecutorVariant, 'moduleUrl' | 'options'>): BrokerAddress | undefined {
    if (!this.#modules.has(variant.moduleUrl)) return undefined;
    return this.#byBackend.get(backendOf(variant))?.address;
  }

  /** What a report says of them; nothing where there are none. */
  told(): { readonly brokers?: readonly Broker[] } {
    const brokers = [...this.#byBackend.values()].map(({ facts }) => facts);
    return brokers.length === 0 ? {} : { brokers };
  }
}

interface BrokerPlan extends Pick<Plan, 'scenarios'> {
  readonly broker?: string | null | undefined;
  readonly caFile?: string | null | undefined;
}

function backendOf({ options }: Pick<ExecutorVariant, 'options'>): string {
  return String(options.backend ?? 'any');
}
