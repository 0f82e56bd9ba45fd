import { judgeSlower } from '../../src/analysis/gates/slower.js';
import { changesBetween, type NamedRun } from '../../src/analysis/run-changes.js';
import { renderHtmlComparison } from '../../src/report/html/comparison.js';
import { renderHtml } from '../../src/report/html/html.js';
import { renderHtmlTrends } from '../../src/report/html/trends.js';
import type { ComparedRuns } from '../../src/report/reporter.js';
import type { Finding } from '../../src/schema/index.js';
import { makeComparison, makeExecutor } from '../support/report-fixture.js';
import { A_WEEK_LATER, BASE, NEXT, ratiosScenario, runOf } from '../support/runs-fixture.js';
import { HOSTILE } from './page-reports.js';
import { judgements } from './sample-judgements.js';
import { trends } from './sample-trends.js';

/** Pages of several runs: compared, held against gates, and over time. */

const FAILED_TASKS: Finding = {
  code: 'failed-tasks',
  severity: 'weak',
  subjects: ['queue'],
  values: { kind: 'timeout', example: 'no answer' },
};

const SLOWER = { kind: 'slower', operator: '>', value: 0.05 } as const;

function compared(base: NamedRun, next: NamedRun, isForced = false): ComparedRuns {
  const changes = changesBetween(base, next, isForced);
  return {
    changes,
    gates: [judgeSlower(SLOWER, changes, next.report)],
    base: base.report,
    next: next.report,
  };
}

const at = (ratio: number, name = 'worse.json'): NamedRun => ({
  name,
  report: runOf(
    [
      ratiosScenario({ queue: ratio }, { validity: 'WEAK', findings: [FAILED_TASKS] }),
      ratiosScenario({ queue: 1.2, piscina: 1.3 }, { id: 'waiting', title: 'WAITING' }),
    ],
    { startedAt: A_WEEK_LATER, environment: { osRelease: '6.9.1', loadAverage1m: 2 } },
  ),
});

const elsewhere = {
  name: 'elsewhere.json',
  report: runOf([ratiosScenario({ queue: 2.4 })], {
    environment: { cpuModel: 'Another CPU', node: 'v22.1.0' },
  }),
};

const hostile = (ratio: number): NamedRun => ({
  name: HOSTILE[0],
  report: runOf(
    HOSTILE.map(name =>
      ratiosScenario(
        {},
        {
          id: name,
          title: name,
          executors: [makeExecutor({ id: 'limited' }), makeExecutor({ id: name, name, kind: 'threads' })],
          baseline: 'limited',
          comparisons: [makeComparison(name, 'limited', ratio)],
        },
      ),
    ),
    { environment: { nodeOptions: HOSTILE[2] } },
  ),
});

export const comparisons: Readonly<Record<string, readonly ComparedRuns[]>> = {
  story: [compared(BASE, NEXT)],
  several: [compared(at(1.95, 'base.json'), at(2.1, 'new.json')), compared(at(1.95, 'base.json'), at(1.5))],
  forced: [compared(BASE, elsewhere, true)],
  hostile: [compared(hostile(2), hostile(1))],
};

export const judgedPages: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(comparisons).map(([name, all]) => [`${name}, compared`, renderHtmlComparison(all)]),
  ),
  ...Object.fromEntries(
    Object.entries(trends).map(([name, one]) => [`${name}, trends`, renderHtmlTrends(one)]),
  ),
  ...Object.fromEntries(
    Object.entries(judgements).map(([name, judgement]) => [
      `${name}, run`,
      renderHtml(NEXT.report, { judgement }),
    ]),
  ),
};
