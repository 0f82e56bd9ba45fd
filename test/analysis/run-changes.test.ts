import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/analysis/run-changes.js';
import { changeHeadline, changeNotes } from '../../src/report/words/run-changes.js';
import type { Comparison, ScenarioResult } from '../../src/schema/index.js';
import { compareRuns } from '../../src/stats/welch.js';
import { makeComparison, makeExecutor, makeScenario } from '../support/report-fixture.js';
import { BASE, CHANGE_HALF_WIDTH_LOG, NEXT, ratiosScenario, runOf } from '../support/runs-fixture.js';

const between = (base: readonly ScenarioResult[], next: readonly ScenarioResult[], isForced = false) =>
  changesBetween({ name: 'a', report: runOf(base) }, { name: 'b', report: runOf(next) }, isForced);
const only = (base: ScenarioResult, next: ScenarioResult) => between([base], [next]).scenarios[0]!;

describe('a change', () => {
  it('is the later ratio ÷ the earlier, with Welch’s interval on forks', () => {
    const [scenario] = changesBetween(BASE, NEXT, false).scenarios;
    const [queue] = scenario!.changes;
    expect(scenario).toMatchObject({ id: 'computing', baseline: 'limited', without: null });
    expect(queue).toMatchObject({ executor: 'queue', verdict: 'gained', before: { ratio: 1.95 } });
    expect(queue!.change).toBeCloseTo(2.1 / 1.95, 9);
    expect(Math.log(queue!.high! / queue!.change!)).toBeCloseTo(CHANGE_HALF_WIDTH_LOG, 5);
    expect(queue!.degreesOfFreedom).toBeCloseTo(10, 9);
  });

  it('knows nothing of throughputs: a machine that is twice as fast changed nothing', () => {
    const fast = ratiosScenario(
      { queue: 1.95 },
      { executors: [makeExecutor({ perSecond: 400 }), makeExecutor({ name: 'queue', perSecond: 780 })] },
    );
    const scenario = only(ratiosScenario({ queue: 1.95 }), fast);
    expect(scenario.changes).toMatchObject([{ change: 1, verdict: 'no change shown' }]);
    expect(scenario.itself).toMatchObject({
      executor: 'limited',
      before: { median: 200 },
      after: { median: 400 },
    });
  });

  it('has a ratio and no verdict below three forks', () => {
    const few = ratiosScenario(
      {},
      {
        executors: ratiosScenario({ queue: 2 }).executors,
        comparisons: [makeComparison('queue', 'limited', 2, null)],
      },
    );
    expect(only(ratiosScenario({ queue: 1.95 }), few).changes).toMatchObject([
      { low: null, high: null, verdict: 'too few forks to say' },
    ]);
  });

  it('is none by chance in 5 of 100: Holm’s correction is over all scenarios', () => {
    // p is about 0.03: enough for one change, not for the smallest of six.
    const base = (id: string) => ratiosScenario({ queue: 2 }, { id, name: id });
    const moved = (id: string) => ratiosScenario({ queue: 2 * Math.exp(0.0136) }, { id, name: id });
    const [alone] = between([base('a')], [moved('a')]).scenarios;
    expect(alone!.changes[0]!.p).toBeGreaterThan(0.02);
    expect(alone!.changes[0]!.verdict).toBe('gained');
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = between(ids.map(base), [moved('a'), ...ids.slice(1).map(base)]);
    expect(many.scenarios.map(({ changes }) => changes[0]!.verdict)).toEqual(
      ids.map(() => 'no change shown'),
    );
  });
});

/** Three executors, every pair once as a run lists them. */
const three = (baseline: string, pairs: readonly Comparison[]) =>
  makeScenario({
    name: 'computing',
    baseline,
    executors: ['sequential', 'limited', 'queue'].map(name => makeExecutor({ name })),
    comparisons: pairs,
  });

describe('the common baseline', () => {
  const base = three('sequential', [
    makeComparison('limited', 'sequential', 1.1),
    makeComparison('queue', 'sequential', 2),
    makeComparison('queue', 'limited', 2 / 1.1),
  ]);

  it('is the earlier run’s, though the later lists the pair the other way round', () => {
    const next = three('limited', [
      makeComparison('sequential', 'limited', 1 / 1.1),
      makeComparison('queue', 'limited', 2 / 1.1),
      makeComparison('sequential', 'queue', 1 / 2.2),
    ]);
    const { baseline, changes } = only(base, next);
    expect(baseline).toBe('sequential');
    const queue = changes.find(({ executor }) => executor === 'queue')!;
    expect(queue.after.ratio).toBeCloseTo(2.2, 9);
    // The forks of the turned pair are turned too, and its bounds change places.
    expect(queue.change).toBeCloseTo(
      compareRuns(
        base.comparisons[1]!.forkLogRatios,
        next.comparisons[2]!.forkLogRatios.map(value => -value),
      ).ratio!,
      12,
    );
    expect(queue.after.low).toBeLessThan(queue.after.high!);
  });

  it('is the later run’s where that has no ratio to the earlier’s', () => {
    const invalid = three('limited', [makeComparison('queue', 'limited', 2)]);
    const next = {
      ...invalid,
      executors: invalid.executors.map(one =>
        one.variant.id === 'sequential' ? { ...one, validity: 'INVALID' as const } : one,
      ),
    };
    const scenario = only(base, next);
    expect(scenario.baseline).toBe('limited');
    expect(scenario.changes.map(({ executor }) => executor)).toEqual(['queue']);
    expect(scenario.leftOut).toEqual([{ executor: 'sequential', run: 'next', reason: 'INVALID' }]);
  });
});

describe('cold and warm', () => {
  const warm = ratiosScenario({ queue: 1.95, piscina: 1.9 });
  const cold = (...ids: readonly string[]) => ({
    ...warm,
    executors: warm.executors.map(one => ({ ...one, coldOnly: ids.includes(one.variant.id) })),
  });

  it('of one executor are left out, whichever run is cold', () => {
    const later = only(warm, cold('queue'));
    expect(later.changes.map(({ executor }) => executor)).toEqual(['piscina']);
    expect(later.leftOut).toEqual([{ executor: 'queue', run: 'next', reason: 'cold' }]);
    expect(changeNotes(later, ['a', 'b'])[0]!.text).toMatch(
      /^`queue` has a ratio of cold trials in b, and one of warm/,
    );
    expect(only(cold('queue'), warm).leftOut).toEqual([{ executor: 'queue', run: 'base', reason: 'cold' }]);
  });

  it('of the baseline are no answer at all', () => {
    const scenario = only(warm, cold('limited'));
    expect(scenario.changes).toEqual([]);
    expect(changeHeadline(scenario)).toMatch(/^Not compared: the ratios of one run are of cold trials/);
  });

  it('of both runs are compared, and by force of one', () => {
    expect(only(cold('limited'), cold('limited')).changes).toHaveLength(2);
    expect(between([warm], [cold('limited')], true).scenarios[0]!.changes).toHaveLength(2);
  });
});

describe('what is not compared', () => {
  const scenario = ratiosScenario({ queue: 1.95 });
  const alone = { ...scenario, executors: scenario.executors.slice(0, 1), comparisons: [] };
  const latency = {
    ...scenario,
    comparisons: [makeComparison('queue', 'limited', 2, 0.02, { of: 'p99 latency' })],
  };

  it.each([
    ['one executor', alone, alone],
    ['INVALID', scenario, { ...scenario, validity: 'INVALID' as const }],
    ['other ratios', scenario, latency],
    ['no common baseline', scenario, { ...scenario, comparisons: [] }],
    ['no common executor', alone, { ...scenario, executors: scenario.executors.slice(1), comparisons: [] }],
  ])('%s', (without, base, next) => {
    expect(only(base, next)).toMatchObject({ without, changes: [] });
  });

  it('scenarios and executors of one run alone are named', () => {
    const more = ratiosScenario({ queue: 1.95, piscina: 1.9 });
    const changes = between(
      [scenario, ratiosScenario({ queue: 1 }, { id: 'gone' })],
      [more, ratiosScenario({ queue: 1 }, { id: 'new' })],
    );
    expect(changes.scenariosOnlyIn).toEqual({ base: ['gone'], next: ['new'] });
    expect(changes.scenarios[0]!.executorsOnlyIn).toEqual({ base: [], next: ['piscina'] });
    expect(changes.scenarios[0]!.changes.map(({ executor }) => executor)).toEqual(['queue']);
  });

  it('what a sweep confirmed is not the scenario again', () => {
    const confirmed = { ...ratiosScenario({ queue: 5 }), purpose: 'confirmation' as const };
    expect(between([scenario, confirmed], [scenario, confirmed]).scenarios).toHaveLength(1);
  });

  it('a grave difference is refused, and compared by force', () => {
    const other = { ...scenario, scenario: { ...scenario.scenario, tasks: 400 } };
    expect(between([scenario], [other])).toMatchObject({ isRefused: true, scenarios: [] });
    expect(between([scenario], [other], true)).toMatchObject({
      isRefused: false,
      scenarios: [{ changes: [{ executor: 'queue' }] }],
    });
  });
});
