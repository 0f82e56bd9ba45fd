import { UsageError } from '../errors.js';
import type { Plan, Scenario } from '../schema/index.js';
import type { Wording } from '../settings/wording.js';

interface AskedBroker {
  readonly broker: string | undefined;
  readonly workers: number | undefined;
}

/** @throws UsageError for a broker that no executor would go through, and for workers that could not find it, or run the tasks */
export function withBroker(
  { broker, workers }: AskedBroker,
  scenarios: readonly Scenario[],
  wording: Wording,
): Pick<Plan, 'broker' | 'workers'> {
  if (workers !== undefined && broker === undefined) {
    const remedy = 'Give the one that the workers have, such as redis://HOST:6379.';
    throw new UsageError(wording.subject('workers'), 'a broker that they can reach', 'none', remedy);
  }
  const executors = scenarios.flatMap(one => one.executors);
  if (broker === undefined) return {};
  if (!executors.some(hasBroker)) {
    const got = [...new Set(executors.map(({ name }) => name))].join(', ');
    const remedy = 'Add bullmq to the executors.';
    throw new UsageError(wording.subject('broker'), 'an executor that goes through a broker', got, remedy);
  }
  requireOwnDistance(executors, wording);
  if (workers === undefined) return { broker };
  for (const scenario of scenarios.filter(one => one.executors.some(hasBroker)))
    requireAnywhere(scenario, wording);
  return { broker, workers };
}

/** Who is given has a round trip of its own, and what is between is not ours to hold back. */
function requireOwnDistance(executors: Scenario['executors'], wording: Wording): void {
  const added = executors.filter(hasBroker).find(({ options }) => Number(options.rtt ?? 0) > 0);
  if (added === undefined) return;
  throw new UsageError(
    wording.subject('broker'),
    "no option rtt beside it, which is for a run's own private broker",
    `rtt=${added.options.rtt}ms`,
    'Leave one of the two out: a broker that is given has a round trip of its own, which the report says.',
  );
}

function hasBroker({ capabilities }: Scenario['executors'][number]): boolean {
  return capabilities.hasBroker === true;
}

/** What tasks need is on the controller's machine, or was allowed to it alone. */
function requireAnywhere({ title, origin, workload, remote }: Scenario, wording: Wording): void {
  const needs = [
    ...(origin === null ? [] : ['the embedded origin']),
    ...(workload.hasSetup ? ['a setup'] : []),
    ...(remote === undefined ? [] : ['leave to call other machines']),
  ];
  if (needs.length === 0) return;
  const remedy = 'Leave it out, or run it without workers.';
  const got = `${title}, which needs ${needs.join(' and ')}`;
  throw new UsageError(wording.subject('workers'), 'tasks that can run on other machines', got, remedy);
}
