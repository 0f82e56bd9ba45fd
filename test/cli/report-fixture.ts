import {
  type ExecutorResult,
  type Plan,
  type Report,
  SCHEMA_VERSION,
  type Scenario,
  type ScenarioResult,
} from '../../src/schema/index.js';
import { makeExecutor, makeScenario, NO_SAMPLES } from '../support/report-fixture.js';

const unknown = { median: null, low: null, high: null };

/** An executor that measured nothing. */
export function executorResult(id: string, more: Partial<ExecutorResult> = {}): ExecutorResult {
  const measured = {
    forks: 0,
    rounds: 0,
    tasksPerSecond: unknown,
    wallMs: unknown,
    coldSlowdown: null,
    coldWallMs: null,
    latencyMs: NO_SAMPLES,
    serviceMs: NO_SAMPLES,
    outcomes: { issued: 0, completed: 0, cancelled: 0, failed: {} },
  };
  return { ...makeExecutor({ name: id, kind: 'loop', ...measured }), ...more };
}

export function scenarioResult(scenario: Scenario, more: Partial<ScenarioResult> = {}): ScenarioResult {
  const executors = scenario.executors.map(variant => ({ ...executorResult(variant.id), variant }));
  return {
    ...makeScenario({ executors, comparisons: [], winner: null }),
    scenario,
    baseline: scenario.baseline,
    ...more,
  };
}

/** A report of a plan that measured nothing. */
export function reportOf(plan: Plan, more: Partial<Report> = {}): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    generator: 'threads-vs-loop 0.0.0',
    command: null,
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
