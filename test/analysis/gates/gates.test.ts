import { describe, expect, it } from 'vitest';
import { executorsNamed, judgeRatio } from '../../../src/analysis/gates/ratio.js';
import { judgeObjectives } from '../../../src/analysis/gates/slo.js';
import { judgeSlower } from '../../../src/analysis/gates/slower.js';
import { changesBetween } from '../../../src/analysis/run-changes.js';
import { judgeAll } from '../../../src/cli/gates.js';
import type { ObjectiveFinding, ScenarioResult } from '../../../src/schema/index.js';
import { forksForChange, forksToDecide } from '../../../src/stats/precision.js';
import { compareRuns } from '../../../src/stats/welch.js';
import { alternativesScenario, type Throughputs } from '../../support/alternatives-fixture.js';
import { makeComparison, makeExecutor, makeScenario, rateScenario } from '../../support/report-fixture.js';
import { ratiosScenario, runOf } from '../../support/runs-fixture.js';

const SLOWER = { kind: 'slower', operator: '>', value: 0.05 } as const;

function slower(base: readonly ScenarioResult[], next: readonly ScenarioResult[]) {
  const report = runOf(next);
  const changes = changesBetween({ name: 'a', report: runOf(base) }, { name: 'b', report }, false);
  return judgeSlower(SLOWER, changes, report);
}

describe('slower > 5 %', () => {
  const base = [ratiosScenario({ queue: 2 })];
  const to = (ratio: number) => slower(base, [ratiosScenario({ queue: ratio })]);

  it.each([
    // The interval reaches 1.2 % to both sides, on the logarithm's scale.
    ['passes', 2 * 1.2],
    ['passes', 2],
    ['passes', 2 * 0.95 * 1.013],
    ['undecided', 2 * 0.95 * 1.011],
    ['undecided', 2 * 0.95],
    ['undecided', 2 * 0.95 * 0.989],
    ['fails', 2 * 0.95 * 0.987],
    ['fails', 1],
  ])('%s at a ratio of %d, after 2', (outcome, ratio) => {
    expect(to(ratio).outcome).toBe(outcome);
  });

  it('what is undecided says which forks and budget would decide it', () => {
    const [finding] = to(2 * 0.95 * 1.009).findings;
    expect(finding!.needed).toMatchObject({ inBoth: true });
    const { forks, budgetMs } = finding!.needed!;
    expect(forks).toBeGreaterThan(6);
    // Forks of 3 s, and what came before the first.
    expect(budgetMs).toBeCloseTo(400 + forks * 3_000 * 1.1, 6);
    expect(to(2 * 0.95).findings[0]!.needed).toBeNull();
  });

  it('the gravest is what it says, and comes first', () => {
    const both = slower(
      [ratiosScenario({ queue: 2, piscina: 2 })],
      [ratiosScenario({ queue: 2, piscina: 1 })],
    );
    expect(both.outcome).toBe('fails');
    expect(both.findings.map(({ executor, outcome }) => [executor, outcome])).toEqual([
      ['piscina', 'fails'],
      ['queue', 'passes'],
    ]);
  });

  it('what was not measured has not passed', () => {
    const invalid = {
      ...base[0]!,
      executors: base[0]!.executors.map(one =>
        one.variant.id === 'queue' ? { ...one, validity: 'INVALID' as const } : one,
      ),
    };
    const more = { ...ratiosScenario({ queue: 2, piscina: 2 }) };
    const lost = {
      ...more,
      executors: more.executors.map(one =>
        one.variant.id === 'queue' ? { ...one, validity: 'INVALID' as const } : one,
      ),
    };
    expect(slower(base, [invalid])).toMatchObject({
      outcome: 'undecided',
      findings: [{ without: 'not compared' }],
    });
    expect(slower([more], [lost])).toMatchObject({
      outcome: 'undecided',
      findings: [
        { executor: 'queue', without: 'INVALID' },
        { executor: 'piscina', outcome: 'passes' },
      ],
    });
    const few = { ...base[0]!, comparisons: [makeComparison('queue', 'limited', 2, null)] };
    expect(slower(base, [few]).findings).toMatchObject([{ without: 'too few forks', needed: { forks: 5 } }]);
    expect(slower([], [])).toMatchObject({ outcome: 'undecided', findings: [] });
  });

  it('given a scenario or an executor that the later run has not any more, then it is undecided', () => {
    const gone = ratiosScenario({ queue: 2 }, { id: 'gone' });
    expect(slower([...base, gone], base)).toMatchObject({
      outcome: 'undecided',
      findings: [
        { scenario: 'gone', executor: 'gone', without: 'not compared' },
        { scenario: 'computing', executor: 'queue', outcome: 'passes' },
      ],
    });
    const more = [ratiosScenario({ queue: 2, piscina: 2 })];
    expect(slower(more, base)).toMatchObject({
      outcome: 'undecided',
      findings: [
        { executor: 'piscina', without: 'not compared' },
        { executor: 'queue', outcome: 'passes' },
      ],
    });
    // What only the later run has was never kept.
    expect(slower(base, [...more, gone]).outcome).toBe('passes');
  });

  it('given no executor or but one that is left, then each that is gone is named once', () => {
    const [scenario] = base as [ScenarioResult];
    const only = (id: string): ScenarioResult => ({
      ...scenario,
      executors: scenario.executors.filter(({ variant }) => variant.id === id),
      comparisons: [],
    });
    const named = (from: ScenarioResult, to: ScenarioResult) =>
      slower([from], [to]).findings.map(({ executor, without }) => [executor, without]);
    expect(named(scenario, only('limited'))).toEqual([['queue', 'not compared']]);
    expect(named(only('limited'), only('queue'))).toEqual([['limited', 'not compared']]);
    expect(named(only('limited'), only('limited'))).toEqual([]);
  });
});

describe('slower > 5 %, of versions in one run', () => {
  const of = (throughputs: Throughputs, more = {}) =>
    judgeAll([SLOWER], runOf([alternativesScenario('version', throughputs, more)]), null)[0]!;

  it('sees what all executors lost alike, which leaves ratios between them as they were', () => {
    const { outcome, findings } = of({ limited: { old: 100, new: 80 }, queue: { old: 190, new: 152 } });
    expect(outcome).toBe('fails');
    expect(findings.map(({ executor, against }) => [executor, against])).toEqual([
      ['limited new', 'limited old'],
      ['queue new', 'queue old'],
    ]);
  });

  it.each([
    ['passes', 100],
    ['passes', 97.5],
    ['undecided', 95.5],
    ['undecided', 94],
    ['fails', 92],
  ])('%s at %d after 100, ± 2 %', (outcome, now) => {
    expect(of({ limited: { old: 100, new: now } }).outcome).toBe(outcome);
  });

  it('is open without an interval, of INVALID results, and where an earlier run was not compared', () => {
    const even: Throughputs = { limited: { old: 100, new: 100 } };
    expect(of(even, { halfWidth: null }).findings).toMatchObject([{ without: 'too few forks' }]);
    expect(of(even, { validity: 'INVALID' }).findings).toMatchObject([{ without: 'INVALID' }]);
    const report = runOf([alternativesScenario('version', even)]);
    const other = { name: 'a', report: runOf([], { environment: { cpuModel: 'Another CPU' } }) };
    const changes = changesBetween(other, { name: 'b', report }, false);
    expect(judgeAll([SLOWER], report, changes)).toMatchObject([{ outcome: 'undecided', findings: [] }]);
  });
});

describe('queue/limited ratio > 1.5', () => {
  const gate = { kind: 'ratio', subject: 'queue/limited', operator: '>', value: 1.5 } as const;
  const of = (...scenarios: ScenarioResult[]) => judgeRatio(gate, runOf(scenarios));

  it.each([
    ['passes', 1.6],
    ['undecided', 1.51],
    ['fails', 1.4],
  ])('%s at %d ± 2 %', (outcome, ratio) => {
    const listed = ratiosScenario({ queue: ratio });
    expect(of(listed)).toMatchObject({ outcome, findings: [{ executor: 'queue', against: 'limited' }] });
    const turned = { ...listed, comparisons: [makeComparison('limited', 'queue', 1 / ratio)] };
    expect(of(turned).outcome).toBe(outcome);
  });

  it('is about each scenario that has both, and the gravest counts', () => {
    const { outcome, findings } = of(
      ratiosScenario({ queue: 1.6 }),
      ratiosScenario({ queue: 1.4 }, { id: 'other' }),
      ratiosScenario({ piscina: 1 }, { id: 'without' }),
    );
    expect(outcome).toBe('fails');
    expect(findings.map(({ scenario }) => scenario)).toEqual(['other', 'computing']);
  });

  it('says what would decide it', () => {
    const [finding] = of(ratiosScenario({ queue: 1.515 })).findings;
    const wanted = Math.log(1.515 / 1.5);
    expect(finding!.needed!.forks).toBe(Math.ceil(6 * (Math.log(1.02) / wanted) ** 2) + 1);
  });

  it('an INVALID scenario, a lost executor and few forks leave it open', () => {
    const scenario = ratiosScenario({ queue: 1.6 });
    expect(of({ ...scenario, validity: 'INVALID' }).findings).toMatchObject([{ without: 'INVALID' }]);
    expect(of({ ...scenario, comparisons: [] }).findings).toMatchObject([{ without: 'not measured' }]);
    const few = { ...scenario, comparisons: [makeComparison('queue', 'limited', 1.6, null)] };
    expect(of(few).findings).toMatchObject([{ outcome: 'undecided', without: 'too few forks' }]);
    expect(of(makeScenario({ executors: [makeExecutor()] })).findings).toEqual([]);
  });
});

describe('the two executors of a ratio', () => {
  const variants = [
    { id: 'limited', name: 'limited' },
    { id: 'queue threads=2', name: 'queue' },
    { id: 'piscina threads=2', name: 'piscina' },
    { id: 'piscina threads=4', name: 'piscina' },
    { id: './my/pool.ts', name: './my/pool.ts' },
  ];
  it.each([
    ['queue/limited', ['queue threads=2', 'limited']],
    ['queue threads=2 / limited', ['queue threads=2', 'limited']],
    ['piscina threads=2/piscina threads=4', ['piscina threads=2', 'piscina threads=4']],
    ['./my/pool.ts/limited', ['./my/pool.ts', 'limited']],
    ['limited/./my/pool.ts', ['limited', './my/pool.ts']],
    ['piscina/limited', null],
    ['limited/limited', null],
    ['constructor/limited', null],
  ])('%s', (subject, ids) => {
    expect(executorsNamed(subject, variants)).toEqual(ids);
  });
});

describe('slo', () => {
  const p99 = { metric: 'p99', operator: '<', value: 50 } as const;
  const service = (value: number | null, more: Partial<ObjectiveFinding> = {}) => {
    const finding = {
      predicate: p99,
      value,
      bound: value && value * 1.05,
      met: null,
      beyondShare: null,
      ...more,
    };
    return makeScenario({
      name: 'service',
      slo: [finding.predicate],
      executors: [makeExecutor({ slo: [finding] })],
    });
  };
  const outcome = (scenario: ScenarioResult) => judgeObjectives(runOf([scenario])).outcome;

  it('is met, missed for sure, or open between the ends of the interval', () => {
    expect(outcome(service(40, { met: true }))).toBe('passes');
    // 49 [46.7, 51.5] and 51 [48.6, 53.6]: seen to hold, and not; neither is shown.
    expect(outcome(service(49, { met: false }))).toBe('undecided');
    expect(outcome(service(51, { met: false }))).toBe('undecided');
    expect(outcome(service(60, { met: false }))).toBe('fails');
    expect(outcome(service(60, { bound: null }))).toBe('undecided');
    expect(outcome(service(null, { met: false, bound: null }))).toBe('fails');
  });

  it('says which forks and budget would decide it, if the figure stays there', () => {
    const judge = (value: number) =>
      judgeObjectives(runOf([service(value, { met: false })])).findings[0]!.needed;
    const { forks, budgetMs } = judge(51)!;
    expect(forks).toBe(
      forksToDecide({ forks: 6, halfWidthLog: Math.log(1.05), wantedLog: Math.log(51 / 50) }),
    );
    expect(budgetMs).toBeGreaterThan(0);
    // It lies on its limit, or is decided.
    expect([judge(50), judge(60)]).toEqual([null, null]);
  });

  it('of failed tasks the interval is the binomial one, of a maximum what was seen', () => {
    const failed = { metric: 'failed', operator: '<', value: 0.01 } as const;
    const shares = (kind: number) => ({
      outcomes: { issued: 6_000, completed: 6_000 - kind, cancelled: 0, failed: { x: kind } },
    });
    const of = (kind: number) => {
      const scenario = service(kind / 6_000, { predicate: failed, bound: 0.02, met: false });
      return outcome({
        ...scenario,
        executors: scenario.executors.map(one => ({ ...one, ...shares(kind) })),
      });
    };
    expect([of(61), of(200)]).toEqual(['undecided', 'fails']);
    const max = { metric: 'max', operator: '<', value: 50 } as const;
    expect(outcome(service(51, { predicate: max, bound: null, met: false }))).toBe('fails');
  });

  it('overloaded executors miss it, INVALID ones leave it open, sweeps over rates are not asked', () => {
    const overloaded = rateScenario(400, { limited: null }, { axis: null });
    expect(judgeObjectives(runOf([overloaded]))).toMatchObject({
      outcome: 'fails',
      findings: [{ without: 'overloaded' }],
    });
    const scenario = service(60, { met: false });
    const invalid = scenario.executors.map(one => ({ ...one, validity: 'INVALID' as const }));
    expect(outcome({ ...scenario, executors: invalid })).toBe('undecided');
    expect(judgeObjectives(runOf([{ ...service(40, { met: true }), validity: 'INVALID' }]))).toMatchObject({
      outcome: 'undecided',
      findings: [{ without: 'INVALID' }],
    });
    expect(judgeObjectives(runOf([rateScenario(400, { limited: 60 })])).findings).toEqual([]);
  });
});

describe('forks that would decide', () => {
  const spread = (center: number, forks: number) =>
    Array.from({ length: forks }, (_, at) => center + (at % 2 === 0 ? 0.02 : -0.02));

  it('are enough when they have been run', () => {
    const bound = Math.log(0.95);
    const [a, b] = [spread(0, 40), spread(-0.03, 6)];
    const { forks, inBoth } = forksForChange(a, b, -0.03 - bound)!;
    expect(inBoth).toBe(false);
    const { low } = compareRuns(a, spread(-0.03, forks + (forks % 2)));
    expect(Math.log(low!)).toBeGreaterThan(bound);
    expect(Math.log(compareRuns(a, b).low!)).toBeLessThan(bound);
  });

  it('are of both runs where the earlier is too coarse, and none where the change lies on the bound', () => {
    const [a, b] = [spread(0, 6), spread(-0.04, 6)];
    const { forks, inBoth } = forksForChange(a, b, -0.04 - Math.log(0.95))!;
    expect(inBoth).toBe(true);
    const even = forks + (forks % 2);
    expect(Math.log(compareRuns(spread(0, even), spread(-0.04, even)).low!)).toBeGreaterThan(Math.log(0.95));
    expect(forksForChange(a, b, 0)).toBeNull();
    expect(forksForChange(a, b, 1e-9)).toBeNull();
    expect(forksToDecide({ forks: 6, halfWidthLog: 0.1, wantedLog: 0 })).toBeNull();
  });
});
