import { describe, expect, it, test } from 'vitest';
import { renderJunit } from '../../../src/report/exports/junit.js';
import { harmless } from '../../../src/report/text.js';
import type { ExecutorResult, Report } from '../../../src/schema/index.js';
import { resultOf, suitesIn } from '../../support/junit.js';
import {
  atRate,
  makeComparison,
  makeReport,
  makeScenario,
  PACER_LATE,
  RESULTS_DIFFER,
  rateScenario,
} from '../../support/report-fixture.js';
import { reports } from '../sample-reports.js';
import { called, HOSTILE } from './recorded.js';

const read = (report: Report) => suitesIn(renderJunit(report));

/** Of the cases but for that of validity. */
const results = (report: Report) =>
  read(report).flatMap(({ testcase }) =>
    testcase.filter(({ classname }) => !classname.endsWith('.validity')).map(resultOf),
  );

const withObjective = (executor: ExecutorResult, more: Parameters<typeof makeScenario>[0] = {}) =>
  makeReport({
    scenarios: [rateScenario(500, { limited: 30 }, { axis: null, executors: [executor], ...more })],
  });

describe('cases', () => {
  it.each(Object.entries(reports))('of %s are its objectives and comparisons', (_, report) => {
    for (const [at, { testcase }] of read(report).entries()) {
      const { scenario, executors, comparisons } = report.scenarios[at]!;
      const invalid = executors.filter(({ validity }) => validity === 'INVALID');
      const expected = 1 + invalid.length + executors.length * scenario.slo.length + comparisons.length;
      expect(testcase).toHaveLength(expected);
    }
  });

  it.each(Object.entries(reports))(
    'of %s are followed from build to build by names of their own',
    (_, report) => {
      const suites = read(report);
      const names = suites.flatMap(({ testcase }) =>
        testcase.map(({ classname, name }) => `${classname}.${name}`),
      );
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length);
    },
  );
});

test.each([
  ['rates', { tests: 38, failures: 1, errors: 0, skipped: 9 }],
  ['invalid', { tests: 18, failures: 0, errors: 16, skipped: 0 }],
])('%s are counted in all', (name, counts) => {
  const root = /<testsuites [^>]*>/.exec(renderJunit(reports[name]!))![0];
  const counted = [...root.matchAll(/(tests|failures|errors|skipped)="(\d+)"/g)];
  expect(Object.fromEntries(counted.map(([, key, number]) => [key, Number(number)]))).toEqual(counts);
});

test('latency at a rate is compared by its ratio, and an overloaded executor with nobody', () => {
  const [, , { testcase: at1000 } = { testcase: [] }] = read(reports.rates!);
  const compared = at1000.filter(({ name }) => name === 'p99 latency against limited');
  expect(compared.map(one => [one.classname, resultOf(one)])).toEqual([
    ['service rate=1000.queue', 'passed'],
    ['service rate=1000.batched', 'skipped'],
  ]);
  expect(compared[1]!.skipped!.message).toBe('undecided, too few forks to say');
});

describe('an objective', () => {
  const met = atRate('limited', 500, 30);
  const answer = (more: object) => ({ ...met, slo: met.slo.map(one => ({ ...one, ...more })) });

  it('that is met passes, one that is not fails with the figures', () => {
    expect(results(withObjective(met))).toEqual(['passed']);
    const report = withObjective(atRate('limited', 500, 60));
    expect(results(report)).toEqual(['failure']);
    expect(read(report)[0]!.testcase[1]!).toMatchObject({
      name: 'p99 < 50 ms',
      classname: 'service rate=500.limited',
      failure: { message: 'not met (60 ms, at most 63 ms)' },
    });
  });

  it('that is undecided is skipped with the reason', () => {
    const across = withObjective(answer({ value: 48, bound: 52, met: false }));
    expect(results(across)).toEqual(['skipped']);
    expect(read(across)[0]!.testcase[1]!.skipped!.message).toMatch(/^undecided, .*\(48 ms, at most 52 ms\)$/);
    expect(results(withObjective(answer({ bound: null, met: null })))).toEqual(['skipped']);
    // 51 [48.6, 53.6]: seen to be missed, and not shown, as a gate says of the same figure.
    expect(results(withObjective(answer({ value: 51, bound: 53.55, met: false })))).toEqual(['skipped']);
  });

  it('that nobody can be told of is an error', () => {
    const invalid = { ...met, validity: 'INVALID', findings: [PACER_LATE] } as const;
    expect(results(withObjective(invalid))).toEqual(['error', 'error']);
    expect(results(withObjective(met, { validity: 'INVALID', findings: [RESULTS_DIFFER] }))).toEqual([
      'error',
    ]);
  });

  it('of an executor that did not keep up is missed', () => {
    expect(results(withObjective(atRate('limited', 500, null)))).toEqual(['failure']);
  });
});

it('given a sweep over rates, then the miss that it looks for is skipped with a reason, and no failure', () => {
  const sweep = makeReport({
    scenarios: [rateScenario(100, { limited: 30 }), rateScenario(500, { limited: 60 })],
  });
  expect(results(sweep)).toEqual(['passed', 'skipped']);
  expect(read(sweep)[1]!.testcase[1]!.skipped!.message).toBe(
    'a sweep over rates looks for a miss: not met (60 ms, at most 63 ms)',
  );
});

describe('a comparison', () => {
  const compared = (...all: ReturnType<typeof makeComparison>[]) =>
    makeReport({ scenarios: [makeScenario({ comparisons: all })] });

  it('that has an answer passes, whichever it is', () => {
    const equal = makeComparison('queue', 'limited', 1, 0.02, { verdict: 'equal', equivalence: 0.05 });
    expect(
      results(
        compared(makeComparison('queue', 'limited', 2), makeComparison('queue', 'limited', 0.5), equal),
      ),
    ).toEqual(['passed', 'passed', 'passed']);
  });

  it('that has none is skipped with the reason', () => {
    const report = compared(
      makeComparison('queue', 'limited', 1.01),
      makeComparison('queue', 'limited', 2, null),
    );
    expect(results(report)).toEqual(['skipped', 'skipped']);
    expect(
      read(report)[0]!
        .testcase.slice(1)
        .map(({ skipped }) => skipped!.message),
    ).toEqual([
      'undecided, no difference shown, 1.01 [0.99, 1.03] times',
      'undecided, too few forks to say, 1.97 to 2.03 times',
    ]);
  });

  it('of figures that must not be believed is an error', () => {
    const scenario = makeScenario({ validity: 'INVALID', findings: [RESULTS_DIFFER] });
    expect(new Set(results(makeReport({ scenarios: [scenario] })))).toEqual(new Set(['error']));
  });
});

test('validity is a case of its own: nothing INVALID can look as if all had passed', () => {
  const validity = (report: Report) => read(report).map(({ testcase }) => resultOf(testcase[0]!));
  expect(validity(makeReport({ scenarios: [makeScenario({ comparisons: [] })] }))).toEqual(['passed']);
  const invalid = makeScenario({
    comparisons: [],
    validity: 'INVALID',
    findings: [RESULTS_DIFFER],
  });
  expect(validity(makeReport({ scenarios: [invalid] }))).toEqual(['error']);
  expect(read(makeReport({ scenarios: [] }))).toEqual([]);
});

test.each(HOSTILE)('a name such as %j is text', name => {
  const [suite] = read(called(name));
  // What is no character of XML is replaced.
  expect(suite!.name).toBe(harmless(name).replace('\uffff', '\ufffd'));
  expect(suite!.testcase).toHaveLength(2);
});
