import type { ExecutorResult, Plan, Report, Scenario, ScenarioResult } from '../../src/schema/index.js';
import { makeExecutor, makeReport, makeScenario, NO_SAMPLES } from '../support/report-fixture.js';

const unknown = { median: null, low: null, high: null };
const NOTHING: Partial<ExecutorResult> = {
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

/** An executor that measured nothing. */
export function executorResult(id: string, more: Partial<ExecutorResult> = {}): ExecutorResult {
  return { ...makeExecutor({ name: id, kind: 'loop', ...NOTHING }), ...more };
}

export function scenarioResult(scenario: Scenario, more: Partial<ScenarioResult> = {}): ScenarioResult {
  const executors = scenario.executors.map(variant => ({ ...executorResult(variant.id), variant }));
  const result = makeScenario({ executors, comparisons: [], winner: null });
  return { ...result, scenario, baseline: scenario.baseline, ...more };
}

/** A report of a plan that measured nothing. */
export function reportOf(plan: Plan, more: Partial<Report> = {}): Report {
  const scenarios = plan.scenarios.map(scenario => scenarioResult(scenario));
  const startedAt = '2026-11-20T21:30:00.123Z';
  return makeReport({ command: null, startedAt, seed: plan.seed, plan, scenarios, ...more });
}
