import { scenarioFor } from '../analysis/alternatives.js';
import type { BrokerAddress, ExecutorVariant, Scenario } from '../schema/index.js';
import type { StartMessage } from '../trial/messages.js';
import { networkEnvOf, type RemoteAccess } from './remote-access.js';

/** What is known only once the run has begun. */
export interface RunEnv {
  readonly originUrl: string | null;
  readonly seed: number;
  readonly cpuIterationsPerMs: number;
  /** What the `setup` of the workload with this module returned. */
  setupOf?(moduleUrl: string): unknown;
  /** Of executors that go through one; undefined of others. */
  brokerOf?(variant: StartedVariant): BrokerAddress | undefined;
  /** Absent: tasks call nothing but loopback. */
  readonly access?: RemoteAccess | undefined;
}

/** What a host has to know of an executor. */
export type StartedVariant = Pick<
  ExecutorVariant,
  | 'name'
  | 'moduleUrl'
  | 'options'
  | 'params'
  | 'workload'
  | 'alternative'
  | 'threads'
  | 'inFlight'
  | 'inFlightPerWorker'
  | 'results'
>;

/** What a host needs to start an executor of a scenario. */
export function startMessageOf(scenario: Scenario, variant: StartedVariant, env: RunEnv): StartMessage {
  const { name, moduleUrl, options, threads, inFlight, inFlightPerWorker } = variant;
  const { originUrl, seed, cpuIterationsPerMs, setupOf, brokerOf, access } = env;
  const network = networkEnvOf(scenario, threads, access);
  const { workload, params } = scenarioFor(scenario, variant);
  return {
    type: 'start',
    executor: { name, moduleUrl },
    options,
    threads,
    inFlight,
    inFlightPerWorker,
    payloadBytes: scenario.payloadBytes,
    broker: brokerOf?.(variant),
    workload: {
      name: workload.name,
      moduleUrl: workload.moduleUrl,
      params: { ...params, ...variant.params },
      env: {
        originUrl,
        seed,
        cpuIterationsPerMs,
        inFlight: inFlightPerWorker,
        setup: setupOf?.(workload.moduleUrl),
        ...(network && { network }),
      },
    },
    load: scenario.load.kind,
    capacity: scenario.tasks ?? 0,
    taskTimeoutMs: scenario.taskTimeoutMs,
    keepResults: variant.results === 'keep',
    resultsCompared: scenario.workload.resultsCompared,
  };
}
