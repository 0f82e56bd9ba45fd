import { expect, test } from 'vitest';
import {
  clockFindings,
  differingFindings,
  repeatedFindings,
  slowBrokerFindings,
} from '../../src/analysis/validity/repetitions.js';
import { workerEnded } from '../../src/executors/worker-exits.js';
import type { MeasuredTrial } from '../../src/schema/index.js';
import { makeExecutor, makeMeasuredTrial, waitingScenario } from '../support/report-fixture.js';

const { scenario } = waitingScenario();
const ONCE = {
  started: 100,
  duplicates: 0,
  differing: 0,
  duplicateMs: 0,
  workersLost: 0,
  loss: null,
  recoveryMs: null,
};
const KILLED = workerEnded('process', { exitCode: null, signal: 'SIGKILL' });
const outcomes = { issued: 100, completed: 100, cancelled: 0, failed: {} };
const executor = (...trials: readonly Partial<MeasuredTrial>[]) =>
  makeExecutor({
    id: 'bullmq',
    trials: trials.map((one, round) =>
      makeMeasuredTrial({ fork: 0, round: round + 1, cold: false, outcomes, ...one }),
    ),
  });
const judged = (one: ReturnType<typeof executor>) => [
  ...differingFindings(one, scenario).map(({ finding }) => finding),
  ...repeatedFindings(one).map(({ finding }) => finding),
];

test('tasks that were each started once are nothing to tell, nor are those of other executors', () => {
  expect(judged(executor({ executions: ONCE }, {}))).toEqual([]);
});

test('attempts at tasks that had failed were asked for, and are nothing to tell', () => {
  expect(judged(executor({ executions: { ...ONCE, started: 130, retried: 30 } }))).toEqual([]);
  const [finding] = judged(executor({ executions: { ...ONCE, started: 131, retried: 30 } }));
  expect(finding).toMatchObject({ code: 'executed-again', values: { more: 1, executions: 131 } });
});

test('work that was done twice makes the run WEAK, with what it cost', () => {
  const killed = {
    ...ONCE,
    started: 104,
    workersLost: 1,
    loss: KILLED,
    recoveryMs: 7_000,
  };
  const late = { ...ONCE, started: 101, duplicates: 1, duplicateMs: 12 };
  expect(judged(executor({ executions: ONCE }, { executions: killed }, { executions: late }))).toEqual([
    {
      code: 'executed-again',
      severity: 'weak',
      subjects: ['bullmq'],
      values: {
        more: 5,
        executions: 205,
        trials: 2,
        ofTrials: 3,
        workersLost: 1,
        loss: KILLED,
        recoveryMs: 7_000,
        duplicateMs: 12,
      },
    },
  ]);
});

test('of cancelled tasks none need have begun', () => {
  const cancelled = { ...outcomes, completed: 60, cancelled: 40 };
  expect(judged(executor({ executions: { ...ONCE, started: 60 }, outcomes: cancelled }))).toEqual([]);
});

test('two results of one task that differ make it INVALID', () => {
  const [first] = judged(executor({ executions: { ...ONCE, started: 102, duplicates: 2, differing: 1 } }));
  expect(first).toMatchObject({
    code: 'duplicates-differ',
    severity: 'invalid',
    values: { differing: 1, duplicates: 2 },
  });
});

test('where results may differ, or are compared in another way, that proves nothing', () => {
  const one = executor({ executions: { ...ONCE, duplicates: 2, differing: 1 } });
  for (const resultsCompared of ['may differ', 'digest', 'sameResult'] as const) {
    const other = { ...scenario, workload: { ...scenario.workload, resultsCompared } };
    expect(differingFindings(one, other)).toEqual([]);
  }
});

test('waits that the clocks of two machines could have made are left out, and it is said', () => {
  const waits = { count: 100, min: 1, mean: 5, p50: 4, p90: 9, p99: null, p999: null, max: 12 };
  const unknown = { ...waits, min: null, mean: null, p50: null, p90: null, max: null };
  const near = { executions: { ...ONCE, clockErrorMs: 0.2 }, waitMs: waits, deliveryMs: waits };
  const far = { executions: { ...ONCE, clockErrorMs: 40 }, waitMs: waits, deliveryMs: unknown };
  expect(clockFindings(executor(near, {}))).toEqual([]);
  expect(clockFindings(executor(near, far)).map(({ finding }) => finding)).toEqual([
    {
      code: 'clocks-apart',
      severity: 'note',
      subjects: ['bullmq'],
      values: { errorMs: 40, trials: 1, ofTrials: 2 },
    },
  ]);
});

test('a broker that was slow for a moment makes the run WEAK, with the longest that it took', () => {
  const slow = (slowestAnswerMs: number) => ({ executions: { ...ONCE, slowestAnswerMs } });
  expect(slowBrokerFindings(executor({ executions: ONCE }, {}))).toEqual([]);
  expect(slowBrokerFindings(executor(slow(1_200), slow(3_100), {})).map(({ finding }) => finding)).toEqual([
    {
      code: 'broker-slow',
      severity: 'weak',
      subjects: ['bullmq'],
      values: { slowestMs: 3_100, trials: 2, ofTrials: 3 },
    },
  ]);
});
