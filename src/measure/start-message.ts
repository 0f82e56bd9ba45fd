import type { ExecutorVariant, Load, Scenario } from '../schema/index.js';
import type { StartMessage } from '../trial/messages.js';

/** What is known only once the run has begun. */
export interface RunEnv {
  readonly originUrl: string | null;
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
}

/** What a host needs to start an executor of a scenario; another load than the scenario's if that is asked for. */
export function startMessageOf(
  scenario: Scenario,
  variant: ExecutorVariant,
  env: RunEnv,
  { kind, tasks }: { readonly kind: Load['kind']; readonly tasks: number | null } = {
    kind: scenario.load.kind,
    tasks: scenario.tasks,
  },
): StartMessage {
  const { name, moduleUrl, options, threads, inFlight, inFlightPerWorker } = variant;
  const { originUrl, seed, cpuIterationsPerMs } = env;
  return {
    type: 'start',
    executor: { name, moduleUrl },
    options,
    threads,
    inFlight,
    inFlightPerWorker,
    payloadBytes: scenario.payloadBytes,
    workload: {
      name: scenario.workload.name,
      moduleUrl: scenario.workload.moduleUrl,
      params: { ...scenario.params, ...variant.params },
      env: { originUrl, seed, cpuIterationsPerMs, inFlight: inFlightPerWorker },
    },
    load: kind,
    capacity: tasks ?? 0,
    taskTimeoutMs: scenario.taskTimeoutMs,
    keepResults: variant.results === 'keep',
    resultsCompared: scenario.workload.resultsCompared,
  };
}
