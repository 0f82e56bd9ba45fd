import { UsageError } from '../errors.js';
import type { Plan, Scenario } from '../schema/index.js';
import type { Wording } from '../settings/wording.js';

/** @throws UsageError for a broker that no executor would go through */
export function withBroker(
  broker: string | undefined,
  scenarios: readonly Scenario[],
  wording: Wording,
): Pick<Plan, 'broker'> {
  if (broker === undefined) return {};
  const executors = scenarios.flatMap(one => one.executors);
  if (executors.some(({ capabilities }) => capabilities.hasBroker === true)) return { broker };
  const got = [...new Set(executors.map(({ name }) => name))].join(', ');
  const remedy = 'Add bullmq to the executors.';
  throw new UsageError(wording.subject('broker'), 'an executor that goes through a broker', got, remedy);
}
