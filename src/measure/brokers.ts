import { UsageError } from '../errors.js';
import type { RunningBroker } from '../hosts/companion.js';
import type { BrokerRequest, Launcher } from '../hosts/launcher.js';
import type { Broker, BrokerAddress, ExecutorVariant, Plan } from '../schema/index.js';
import { moduleIdentity } from '../workloads/module-identity.js';

/** @throws UsageError where a launcher has none, or none is to be had */
export async function startBroker(launcher: Launcher, request: BrokerRequest): Promise<RunningBroker> {
  if (launcher.broker !== undefined) return launcher.broker(request);
  throw new UsageError('executors', 'one without a broker', 'one with a broker', 'Leave it out here.');
}

/** Whose tasks go through a broker, and through which: one for each `backend`, `persistence` and `rtt` that are asked for. */
export class RunBrokers {
  readonly #byKind = new Map<string, RunningBroker>();
  readonly #modules = new Set<string>();

  async start(plan: BrokerPlan, launcher: Launcher): Promise<void> {
    const { broker = null, caFile = null, scenarios } = plan;
    const workers = await workersWanted(plan);
    const variants = scenarios.flatMap(({ executors }) => executors);
    for (const variant of variants.filter(({ capabilities }) => capabilities.hasBroker === true)) {
      this.#modules.add(variant.moduleUrl);
      const kind = kindOf(variant);
      if (this.#byKind.has(keyOf(kind))) continue;
      this.#byKind.set(
        keyOf(kind),
        await startBroker(launcher, { ...kind, url: broker, caFile, ...workers }),
      );
    }
  }

  addressFor(variant: Pick<ExecutorVariant, 'moduleUrl' | 'options'>): BrokerAddress | undefined {
    if (!this.#modules.has(variant.moduleUrl)) return undefined;
    return this.#byKind.get(keyOf(kindOf(variant)))?.address;
  }

  /** What a report says of them; nothing where there are none. */
  told(): { readonly brokers?: readonly Broker[] } {
    const brokers = [...this.#byKind.values()].map(({ facts }) => facts);
    return brokers.length === 0 ? {} : { brokers };
  }
}

interface BrokerPlan extends Pick<Plan, 'scenarios'> {
  readonly broker?: string | null | undefined;
  readonly workers?: number | undefined;
  readonly caFile?: string | null | undefined;
}

/** What they have to be able to do: all that is to be run through the broker. */
async function workersWanted({ workers, scenarios }: BrokerPlan): Promise<Pick<BrokerRequest, 'workers'>> {
  if (workers === undefined) return {};
  const through = scenarios.flatMap(({ workload, executors }) =>
    executors
      .filter(({ capabilities }) => capabilities.hasBroker === true)
      .map(variant => ({ variant, module: variant.workload ?? workload })),
  );
  const modules = new Map(through.map(({ module }) => [module.moduleUrl, module.name]));
  const most = (of: (variant: ExecutorVariant) => number) =>
    Math.max(...through.map(({ variant }) => of(variant)));
  const held = [...modules].map(async ([url, name]) => ({
    name,
    contents: (await moduleIdentity(url)).contents,
  }));
  return {
    workers: {
      count: workers,
      node: process.version,
      modules: await Promise.all(held),
      processes: most(({ threads }) => threads),
      concurrency: most(({ inFlightPerWorker }) => inFlightPerWorker),
    },
  };
}

type BrokerKind = Pick<BrokerRequest, 'backend' | 'persistence' | 'rttMs'>;

function kindOf({ options }: Pick<ExecutorVariant, 'options'>): BrokerKind {
  const { backend = 'any', persistence = 'none', rtt = 0 } = options;
  return { backend: String(backend), persistence: String(persistence), rttMs: Number(rtt) };
}

function keyOf({ backend, persistence, rttMs }: BrokerKind): string {
  return `${backend} ${persistence} ${rttMs}`;
}
