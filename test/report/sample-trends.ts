import { trendRunOf, trendsOf } from '../../src/analysis/trends.js';
import type { FolderTrends } from '../../src/report/view/trends.js';
import type { Report, ScenarioResult } from '../../src/schema/index.js';
import { makeComparison, makeExecutor, withPlan } from '../support/report-fixture.js';
import { type RunSpec, ratiosScenario, runOf } from '../support/runs-fixture.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 5, 6);

/** Of a ratio in standard errors of a few tenths of a percent. */
const NOISE = [0.3, -0.5, 0.1, 0.6, -0.2, -0.4, 0.5, 0, -0.3, 0.2];

const noisy = (ratio: number, at: number) => ratio * (1 + 0.004 * NOISE[at % NOISE.length]!);

/** A run of that number, a day after the one before it. */
export function dayRun(at: number, scenarios: readonly ScenarioResult[], more: RunSpec = {}): Report {
  const startedAt = new Date(START_MS + at * 24 * HOUR_MS).toISOString();
  return runOf(scenarios, { startedAt, seed: at, ...more });
}

export const COMMITS = Array.from({ length: 30 }, (_, at) => at.toString(16).padStart(2, '0').repeat(20));

/** A loss of queue from run 9 on, and piscina as before. */
export const lossRuns = Array.from({ length: 14 }, (_, at) =>
  dayRun(at, [ratiosScenario({ queue: noisy(at < 9 ? 1.8 : 1.5, at), piscina: noisy(1.7, at + 3) })], {
    commit: COMMITS[at]!,
  }),
);

const named = (runs: readonly Report[]) =>
  runs.map((report, at) => trendRunOf(`run-${String(at).padStart(2, '0')}.json`, report));

const folder = (runs: readonly Report[], ignored: FolderTrends['ignored'] = []): FolderTrends => ({
  folder: 'results',
  trends: trendsOf(named(runs)),
  ignored,
});

const EVIL = 'e\u001b[31mv\u202eil <b>`*_[x](y) </script><img src=x> | 漢字漢字 that goes on and on and on ';

const evil = Array.from({ length: 10 }, (_, at) =>
  dayRun(
    at,
    [
      ratiosScenario(
        {},
        {
          id: EVIL,
          title: EVIL,
          executors: [makeExecutor({ id: `${EVIL}1` }), makeExecutor({ id: `${EVIL}2`, kind: 'threads' })],
          baseline: `${EVIL}1`,
          comparisons: [makeComparison(`${EVIL}2`, `${EVIL}1`, noisy(at < 5 ? 2 : 1, at))],
        },
      ),
    ],
    { commit: at > 4 ? EVIL : null, environment: { cpuModel: EVIL } },
  ),
);

/** Everything that can be said. */
const mixed = [
  ...lossRuns,
  // Another plan of the same name, on the same machine.
  ...[14, 15].map(at => dayRun(at, [withPlan(ratiosScenario({ queue: 1.5 }), { tasks: 100 })])),
  // Lost, and found again.
  ...Array.from({ length: 18 }, (_, at) =>
    dayRun(20 + at / 48, [
      ratiosScenario(
        { queue: noisy(at >= 6 && at < 12 ? 1.2 : 1.4, at) },
        { id: 'waiting', title: 'WAITING', validity: at === 3 ? 'WEAK' : 'VALID' },
      ),
      { ...ratiosScenario({}, { id: 'alone', title: 'ALONE' }), comparisons: [] },
      ratiosScenario(
        { queue: noisy(2, at) },
        {
          id: 'place',
          title: 'PLACE',
          axis: { name: 'param.cpuMs', value: 5 },
          validity: at < 2 ? 'INVALID' : 'VALID',
        },
      ),
    ]),
  ),
  dayRun(40, [
    {
      ...ratiosScenario({ queue: 1.4 }, { id: 'waiting', title: 'WAITING' }),
      comparisons: [makeComparison('queue', 'limited', 1.4, null)],
    },
  ]),
  dayRun(41, [ratiosScenario({ queue: 3 })], {
    environment: { cpuModel: 'Another CPU', cores: 8, cgroupCores: 1.5 },
  }),
];

export const trends: Readonly<Record<string, FolderTrends>> = {
  loss: folder(lossRuns),
  mixed: folder(mixed, [
    { name: 'broken.json', reason: 'an empty file' },
    { name: 'package.json', reason: 'JSON without a schemaVersion' },
  ]),
  one: folder(lossRuns.slice(0, 1)),
  evil: folder(evil, [{ name: EVIL, reason: EVIL }]),
};
