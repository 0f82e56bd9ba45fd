import type { Environment, Report, ScenarioResult } from '../../src/schema/index.js';
import {
  makeComparison,
  makeEnvironment,
  makeExecutor,
  makeReport,
  makeScenario,
  type ScenarioSpec,
} from './report-fixture.js';

/** Runs to be set against each other. */

/** Of an interval of a change between two such runs: six forks each, 0.005 apart. */
export const CHANGE_HALF_WIDTH_LOG = 0.0120333;

/** One scenario: `limited`, and others by their ratio to it. */
export function ratiosScenario(
  ratios: Readonly<Record<string, number>>,
  overrides: ScenarioSpec = {},
): ScenarioResult {
  const entries = Object.entries(ratios);
  return makeScenario({
    name: 'computing',
    workload: 'cpu',
    kind: 'cpu',
    params: { cpuMs: 5 },
    executors: [
      makeExecutor({ perSecond: 200 }),
      ...entries.map(([name, ratio]) => makeExecutor({ name, kind: 'threads', perSecond: 200 * ratio })),
    ],
    comparisons: entries.map(([name, ratio]) => makeComparison(name, 'limited', ratio)),
    ...overrides,
  });
}

export interface RunSpec extends Partial<Omit<Report, 'environment'>> {
  readonly environment?: Partial<Environment>;
}

/** A run of them; a week after the fixture's other ones unless it is said. */
export function runOf(scenarios: readonly ScenarioResult[], { environment, ...more }: RunSpec = {}): Report {
  return makeReport({ scenarios, environment: makeEnvironment(environment), ...more });
}

export const A_WEEK_LATER = '2025-11-27T20:01:01.200Z';

/** The story of the documents: 1.95 times, then 2.10 times. */
export const BASE = { name: 'base.json', report: runOf([ratiosScenario({ queue: 1.95 })]) };
export const NEXT = {
  name: 'new.json',
  report: runOf([ratiosScenario({ queue: 2.1 })], { startedAt: A_WEEK_LATER }),
};
