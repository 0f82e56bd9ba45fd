import { expect, it } from 'vitest';
import { judge } from '../../src/analysis/validity/judge.js';
import { strayFindings } from '../../src/analysis/validity/work.js';
import { differenceOf, parting } from '../../src/measure/result-differences.js';
import { digestResults } from '../../src/trial/digest.js';
import { showResults, textOf } from '../../src/trial/shown-result.js';
import { makeExecutor, makeMeasuredTrial, STEADY, waitingScenario } from '../support/report-fixture.js';
import { reasonsOf } from '../support/sentences.js';

const sideOf = (id: string, results: readonly unknown[]) => ({
  id,
  digests: digestResults(results),
  host: { results: async (indexes: readonly number[]) => showResults(results, indexes) },
});
const ours = sideOf('queue', [{ n: 1 }, { n: 2, at: 5 }, { n: 3, at: 5 }]);
const theirs = sideOf('limited', [{ n: 1 }, { n: 2, at: 6 }, { n: 4, at: 6 }]);
const names = { executor: 'queue', other: 'limited', compared: 3 };

it('digests that are alike are no difference', async () => {
  expect(await differenceOf(ours, ours, null)).toBeNull();
});

it('the results of the first task that differs are shown', async () => {
  expect(await differenceOf(ours, theirs, null)).toEqual({
    mismatch: { ...names, different: 2, firstIndex: 1, says: ['{ n: 2, at: 5 }', '{ n: 2, at: 6 }'] },
    notAsked: 0,
  });
});

it('sameResult decides where digests differ', async () => {
  const sameNumber = (a: unknown, b: unknown) => (a as { n: number }).n === (b as { n: number }).n;
  expect((await differenceOf(ours, theirs, sameNumber))?.mismatch).toMatchObject({
    different: 1,
    firstIndex: 2,
  });
  expect(await differenceOf(ours, theirs, () => true)).toEqual({ mismatch: null, notAsked: 0 });
  const throws = () => {
    throw new TypeError('no field');
  };
  expect((await differenceOf(ours, theirs, throws))?.mismatch?.threw).toMatch(/no field/);
});

it('a host that is gone has nothing to show', async () => {
  const gone = { ...ours, host: null };
  expect((await differenceOf(gone, theirs, null))?.mismatch).toMatchObject({ different: 2, says: null });
});

it('asks about at most a thousand tasks, and says of how many it did not', async () => {
  const results = (from: number) => Array.from({ length: 1_200 }, (_, at) => from + at);
  const found = await differenceOf(sideOf('a', results(0)), sideOf('b', results(1)), () => true);
  expect(found).toEqual({ mismatch: null, notAsked: 200 });
});

it('texts are cut to a few words around the place where they part, on one line', () => {
  const same = 'x'.repeat(100);
  expect(parting(`${same}1${same}`, `${same}2${same}`)).toEqual([
    `…${'x'.repeat(12)}1${'x'.repeat(26)}…`,
    `…${'x'.repeat(12)}2${'x'.repeat(26)}…`,
  ]);
  expect(parting('1', '2')).toEqual(['1', '2']);
  expect(textOf('a\u001b[31m\n\u202eb')).toBe('"a\\u001b[31m\\n b"');
  expect(textOf({ text: 'a\nb' })).toBe("{ text: 'a\\nb' }");
});

it('one task that ran on makes a result WEAK', () => {
  const trials = [0, 1].map(tasksRanOn =>
    makeMeasuredTrial({ fork: 0, round: tasksRanOn + 1, cold: false, tasksRanOn }),
  );
  const executor = makeExecutor({ id: 'queue', forks: 5, trials });
  expect(strayFindings(makeExecutor({ id: 'queue', trials: trials.slice(0, 1) }))).toEqual([]);
  const judgement = judge({
    scenario: waitingScenario().scenario,
    executors: [executor],
    mismatches: [],
    stoppedBy: 'precision',
    steadiness: STEADY,
    comparisons: [],
    machine: { cores: 2, uvThreads: 4, clockResolutionNs: 40, loadAverageAtStart: 0.3 },
    load: { outsideShare: 0, stealShare: 0 },
  });
  expect(judgement.validity).toBe('WEAK');
  expect(reasonsOf(judgement).join()).toMatch(
    /tasks ran on: under `queue` 1 task ignored the abort .* in 1 of 2 trials/,
  );
});
