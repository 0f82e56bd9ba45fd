import { describe, expect, it, test } from 'vitest';
import { judgeSlower } from '../../../src/analysis/gates/slower.js';
import { changesBetween } from '../../../src/analysis/run-changes.js';
import { renderJunit } from '../../../src/report/exports/junit.js';
import { renderJunitComparison } from '../../../src/report/exports/junit-comparison.js';
import type { ComparedRuns } from '../../../src/report/reporter.js';
import { harmless } from '../../../src/report/text.js';
import { resultOf, suitesIn } from '../../support/junit.js';
import { BASE, NEXT, ratiosScenario, runOf } from '../../support/runs-fixture.js';
import { judgements } from '../sample-judgements.js';
import { HOSTILE } from './recorded.js';

const gatesOf = (text: string) => suitesIn(text).find(({ name }) => name === 'gates')?.testcase;

const SLOWER = { kind: 'slower', operator: '>', value: 0.05 } as const;

function compared(ratio: number, name = 'new.json'): ComparedRuns {
  const next = { name, report: runOf([ratiosScenario({ queue: ratio })]) };
  const changes = changesBetween(BASE, next, false);
  return {
    changes,
    gates: [judgeSlower(SLOWER, changes, next.report)],
    base: BASE.report,
    next: next.report,
  };
}

describe('a run’s gates are cases of their own', () => {
  it('passed, failed with the sentence, and skipped where undecided', () => {
    const cases = gatesOf(renderJunit(BASE.report, { judgement: judgements.gates! }))!;
    expect(cases.map(one => [one.name, one.classname, resultOf(one)])).toEqual([
      ['queue/limited ratio > 1.5', 'gates.ratio', 'passed'],
      ['queue/limited ratio > 1.93', 'gates.ratio', 'skipped'],
      ['queue/limited ratio < 1.5', 'gates.ratio', 'failure'],
      ['slo', 'gates.slo', 'failure'],
    ]);
    expect(cases[1]!.skipped!.message).toMatch(/^Undecided: .*about 24 forks would decide it.*--forks 24/);
    expect(cases[2]!.failure).toEqual({
      message:
        'Fails: queue/limited ratio < 1.5 (1 of 1); fails: computing: queue ÷ limited is 1.95× [1.91, 1.99]',
      type: 'gate',
    });
  });

  it('and without any it is as it was', () => {
    const plain = renderJunit(BASE.report);
    expect(gatesOf(plain)).toBeUndefined();
    expect(renderJunit(BASE.report, { judgement: { changes: null, gates: [] } })).toBe(plain);
  });

  it('are counted in the whole', () => {
    const text = renderJunit(BASE.report, { judgement: judgements.gates! });
    const [, failures] = /<testsuites [^>]*failures="(\d+)"/.exec(text)!;
    expect(failures).toBe('2');
  });
});

test('what changed since an earlier run is a suite beside it', () => {
  const suites = suitesIn(renderJunit(NEXT.report, { judgement: judgements.story! }));
  const changes = suites.find(({ name }) => name === 'changes since base.json')!;
  expect(changes.testcase.map(one => [one.name, one.classname, resultOf(one)])).toEqual([
    ['change of throughput against limited', 'changes since base.json.computing.queue', 'passed'],
  ]);
  const refused = suitesIn(renderJunit(NEXT.report, { judgement: judgements.refused! }));
  const [only] = refused.find(({ name }) => name.startsWith('changes since'))!.testcase;
  expect(resultOf(only!)).toBe('skipped');
  expect(only!.skipped!.message).toContain('Another CPU');
});

describe('a comparison', () => {
  it.each([
    [2.1, 'passed', 'passed'],
    [1.95, 'skipped', 'passed'],
    [1.86, 'passed', 'skipped'],
    [1.7, 'passed', 'failure'],
  ])('to %f: the change is %s, the gate %s', (ratio, change, gate) => {
    const [suite] = suitesIn(renderJunitComparison([compared(ratio)]));
    expect(suite!.testcase.map(resultOf)).toEqual([change, gate]);
    expect(suite!.testcase.map(({ name }) => name)).toEqual([
      'change of throughput against limited',
      'slower > 5 %',
    ]);
  });

  it('of several has a suite for each', () => {
    const suites = suitesIn(renderJunitComparison([compared(1.95), compared(1.7, 'worse.json')]));
    expect(suites.map(({ name, failures, skipped }) => [name, failures, skipped])).toEqual([
      ['base.json → new.json', '0', '1'],
      ['base.json → worse.json', '1', '0'],
    ]);
  });

  it.each(HOSTILE)('a name such as %j is text', name => {
    const [suite] = suitesIn(renderJunitComparison([compared(2, name)]));
    expect(suite!.name).toBe(`base.json → ${harmless(name).replace('\uffff', '\ufffd')}`);
  });
});
