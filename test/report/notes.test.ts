import { expect, it } from 'vitest';
import { notesOf } from '../../src/report/words/notes.js';
import { makeExecutor, makeLostTrial, makeScenario } from '../support/report-fixture.js';

const losing = (name: string, reason: string, trials: number) =>
  makeExecutor({
    name,
    lostTrials: trials,
    trials: Array.from({ length: trials }, () => makeLostTrial(reason)),
  });
const failing = (name: string, timeout: number) =>
  makeExecutor({
    name,
    outcomes: { issued: 200, completed: 200 - timeout, cancelled: 0, failed: { timeout } },
  });
const textsOf = (...executors: ReturnType<typeof makeExecutor>[]) =>
  notesOf(makeScenario({ executors })).map(({ label, text }) => `${label}: ${text}`);

it('what was lost for one reason is one line', () => {
  expect(
    textsOf(losing('limited', 'gone', 1), losing('queue', 'gone', 2), losing('piscina', 'other', 1)),
  ).toEqual([
    'lost: `limited`, 1 of 1 trial; `queue`, 2 of 2 trials: gone',
    'lost: `piscina`, 1 of 1 trial: other',
  ]);
});

it('failed tasks of several executors are one line', () => {
  expect(textsOf(failing('limited', 1), failing('queue', 2))).toEqual([
    'failed: `limited`, 1 of 200 tasks (1 timeout) and `queue`, 2 of 200 tasks (2 timeout); they never count as done',
  ]);
});
