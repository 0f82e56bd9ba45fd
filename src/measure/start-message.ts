import type { ExecutorVariant, Scenario } from '../schema/index.js';
import type { StartMessage } from '../trial/messages.js';

/** What is known only once the run has begun. */
export interface RunEnv {
  readonly originUrl: string | null;
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
  /** What the workload's `setup` returned. */
  readonly setup?: unknown;
}

/** What a host has to know of an executor. */
export type StartedVariant = Pick<
  ExecutorVariant,
  'name' | 'moduleUrl' | 'options' | 'params' | 'threads' | 'inFlight' | 'inFlightPerWorker' | 'results'
>;

/** What a host needs to start an executor of a scenario. */
export function startMessageOf(scenario: Scenario, variant: StartedVariant, env: RunEnv): StartMessage {
  const { name, moduleUrl, options, threads, inFlight, inFlightPerWorker } = variant;
  const { originUrl, seed, cpuIterationsPerMs, setup } = env;
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
      env: { originUrl, seed, cpuIterationsPerMs, inFlight: inFlightPerWorker, setup },
    },
    load: scenario.load.kind,
    capacity: scenario.tasks ?? 0,
    taskTimeoutMs: scenario.taskTimeoutMs,
    keepResults: variant.results === 'keep',
    resultsCompared: scenario.workload.resultsCompared,
  };
}
