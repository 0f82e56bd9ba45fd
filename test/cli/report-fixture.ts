import {
  type ExecutorResult,
  type Plan,
  type Report,
  SCHEMA_VERSION,
  type Scenario,
  type ScenarioResult,
} from '../../src/model.js';

const nothing = { count: 0, min: null, mean: null, p50: null, p90: null, p99: null, p999: null, max: null };
const unknown = { median: null, low: null, high: null };

export function executorResult(id: string, more: Partial<ExecutorResult> = {}): ExecutorResult {
  return {
    id,
    name: id,
    kind: 'loop',
    options: {},
    threads: 1,
    inFlight: 64,
    axis: null,
    forks: 0,
    rounds: 0,
    coldOnly: false,
    startupMs: null,
    coldWallMs: null,
    throughputPerSecond: unknown,
    wallMs: unknown,
    latencyMs: nothing,
    waitMs: nothing,
    serviceMs: nothing,
    deliveryMs: nothing,
    firstResultMs: null,
    lastResultMs: null,
    cpuMsPerTask: null,
    coresUsed: null,
    peakRssBytes: null,
    idleRssBytes: null,
    pssBytes: null,
    loop: null,
    ideal: null,
    arrivals: null,
    latency: null,
    slo: [],
    outcomes: { issued: 0, completed: 0, cancelled: 0, failed: {} },
    outlierTrials: 0,
    lostTrials: 0,
    trials: [],
    ...more,
  };
}

export function scenarioResult(scenario: Scenario, more: Partial<ScenarioResult> = {}): ScenarioResult {
  const { name, id, title, workload, params, tasks, load, inFlight, axis, baseline, executors } = scenario;
  return {
    name,
    id,
    title,
    workload: workload.name,
    kind: workload.kind,
    params,
    tasks,
    load,
    inFlight,
    axis,
    baseline,
    slo: [],
    purpose: 'comparison',
    validity: { state: 'VALID', reasons: [] },
    warnings: [],
    stoppedBy: 'precision',
    elapsedMs: 1000,
    alone: null,
    winner: null,
    executors: executors.map(variant => executorResult(variant.id)),
    comparisons: [],
    ...more,
  };
}

/** A report of a plan that measured nothing. */
export function reportOf(plan: Plan, more: Partial<Report> = {}): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    generator: 'threads-vs-loop 0.0.0',
    startedAt: '2026-11-20T21:30:00.123Z',
    elapsedMs: 61_000,
    seed: plan.seed,
    environment: {
      node: '20.20.0',
      v8: '11.3',
      platform: 'linux',
      arch: 'x64',
      osRelease: '6.1',
      cpuModel: 'any',
      cores: 2,
      cgroupCores: null,
      availableParallelism: 2,
      memoryBytes: 4e9,
      governor: null,
      loadAverage1m: 0.1,
      stealShare: null,
      uvThreadpoolSize: 4,
      nodeOptions: '',
      versions: {},
      cpuIterationsPerMs: null,
      clockResolutionNs: 40,
    },
    plan,
    interrupted: false,
    scenarios: plan.scenarios.map(scenario => scenarioResult(scenario)),
    capacities: [],
    ...more,
  };
}
