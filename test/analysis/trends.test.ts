import { describe, expect, it, test } from 'vitest';
import { trendRunOf, trendsOf } from '../../src/analysis/trends.js';
import { renderMarkdownTrends } from '../../src/report/markdown-trends.js';
import { trendsView } from '../../src/report/view/trends.js';
import type { Report } from '../../src/schema/index.js';
import { dayRun, lossRuns } from '../report/sample-trends.js';
import { makeComparison, withPlan, withVariant } from '../support/report-fixture.js';
import { ratiosScenario } from '../support/runs-fixture.js';

const trendsFrom = (runs: readonly Report[]) =>
  trendsOf(runs.map((report, at) => trendRunOf(`${at}.json`, report)));

const queueOf = (runs: readonly Report[]) => {
  const scenarios = trendsFrom(runs).machines.flatMap(machine => machine.scenarios);
  return scenarios.flatMap(({ series }) => series.filter(({ executor }) => executor === 'queue'));
};

test('a loss is found where it began, with the levels before and after', () => {
  const [queue] = queueOf(lossRuns);
  expect(queue!.points).toHaveLength(14);
  expect(queue!.changes).toHaveLength(1);
  const [change] = queue!.changes;
  expect(change!.at).toBe(9);
  expect(change!.before).toBeCloseTo(1.8, 2);
  expect(change!.after).toBeCloseTo(1.5, 2);
  expect(change!.low).toBeLessThan(1.5 / 1.8);
  expect(change!.high).toBeGreaterThan(1.5 / 1.8);
  const { series } = trendsFrom(lossRuns).machines[0]!.scenarios[0]!;
  expect(series.find(({ executor }) => executor === 'piscina')!.changes).toEqual([]);
});

test('the order of files is none of time', () => {
  expect(trendsFrom(lossRuns.toReversed()).machines[0]!.scenarios[0]!.series[0]!.changes).toEqual(
    trendsFrom(lossRuns).machines[0]!.scenarios[0]!.series[0]!.changes,
  );
});

test('a copy of a run counts once, by the name that came first', () => {
  const [queue] = queueOf([...lossRuns, lossRuns[2]!]);
  expect(queue!.points).toHaveLength(14);
  expect(queue!.points.map(({ run }) => run)).not.toContain('14.json');
});

describe('runs stand beside each other as far as compare does not refuse it', () => {
  const [first, second] = lossRuns as [Report, Report];
  const plain = ratiosScenario({ queue: 1.8 });
  const counts = (runs: readonly Report[]) => queueOf(runs).map(({ points }) => points.length);

  it('those of one plan, whatever passes', () => {
    expect(counts([first, second])).toEqual([2]);
    expect(
      counts([first, dayRun(1, [plain], { environment: { osRelease: '6.9', loadAverage1m: 9 } })]),
    ).toEqual([2]);
  });

  it.each<readonly [string, Report]>([
    ['another CPU', dayRun(1, [plain], { environment: { cpuModel: 'Another CPU' } })],
    ['another Node major', dayRun(1, [plain], { environment: { node: 'v22.1.0' } })],
    [
      'a server beside it',
      dayRun(1, [plain], {
        plan: { ...first.plan, serve: { command: 'node server.js', ready: '' } as never },
      }),
    ],
    ['other tasks', dayRun(1, [withPlan(plain, { tasks: 100 })])],
    [
      'another executor of the name',
      dayRun(1, [
        withPlan(plain, {
          executors: plain.scenario.executors.map(one => (one.id === 'queue' ? { ...one, threads: 7 } : one)),
        }),
      ]),
    ],
    [
      'another baseline of the name',
      dayRun(1, [
        withPlan(plain, {
          executors: plain.scenario.executors.map(one =>
            one.id === 'limited' ? { ...one, inFlight: 7 } : one,
          ),
        }),
      ]),
    ],
    [
      'ratios of latencies',
      dayRun(1, [
        { ...plain, comparisons: [makeComparison('queue', 'limited', 2, 0.02, { of: 'p99 latency' })] },
      ]),
    ],
  ])('not %s', (_, other) => {
    expect(counts([first, other])).toEqual([1, 1]);
  });

  it('scenarios of several plans are told', () => {
    const { scenarios } = trendsFrom([first, dayRun(1, [withPlan(plain, { tasks: 100 })])]).machines[0]!;
    expect(scenarios.map(({ plans }) => plans)).toEqual([2, 2]);
  });
});

test('ratios are to the planned baseline, also where a run has another', () => {
  const lost = ratiosScenario({ queue: 1.8 });
  const turned = { ...lost, baseline: 'queue', comparisons: [makeComparison('limited', 'queue', 0.5)] };
  const [queue] = queueOf([dayRun(0, [lost]), dayRun(1, [turned])]);
  expect(queue!.points.map(({ ratio }) => ratio.toFixed(2))).toEqual(['1.80', '2.00']);
});

test('what is INVALID has no point, and few forks decide nothing', () => {
  const scenario = ratiosScenario({ queue: 1.8 });
  const invalid = { ...scenario, validity: 'INVALID' as const };
  const without = {
    ...scenario,
    executors: scenario.executors.map(one =>
      one.variant.id === 'queue' ? { ...withVariant(one, {}), validity: 'INVALID' as const } : one,
    ),
  };
  const runs = [dayRun(0, [scenario]), dayRun(1, [invalid]), dayRun(2, [without])];
  expect(queueOf(runs).map(({ points }) => points.length)).toEqual([1]);
  expect(trendsFrom(runs).machines[0]!.scenarios[0]!.invalidRuns).toBe(1);
  const few = (at: number) =>
    dayRun(at, [{ ...scenario, comparisons: [makeComparison('queue', 'limited', at < 6 ? 1 : 3, null)] }]);
  const [queue] = queueOf(Array.from({ length: 12 }, (_, at) => few(at)));
  expect(queue!.points).toHaveLength(12);
  expect(queue!.changes).toEqual([]);
});

test('a run keeps no more than its ratios', () => {
  const text = JSON.stringify(trendRunOf('a.json', lossRuns[0]!));
  expect(text.length).toBeLessThan(JSON.stringify(lossRuns[0]).length / 5);
  expect(text).not.toMatch(/trials|findings|forkLogRatios/);
});

describe('revisions', () => {
  /** `queue` of HEAD to `limited` of the first, a day after the one before it. */
  const revised = (at: number, base: string, ratio: number) => {
    const plain = ratiosScenario({ queue: ratio });
    const executors = plain.scenario.executors.map(one => ({
      ...one,
      revision: {
        name: one.id === 'limited' ? 'HEAD~1' : 'HEAD',
        commit: one.id === 'limited' ? base : `c${at}`,
      },
    }));
    return dayRun(at, [withPlan(plain, { executors })]);
  };
  const runs = (baseOf: (at: number) => string) =>
    Array.from({ length: 14 }, (_, at) => revised(at, baseOf(at), at < 7 ? 1.8 : 1.5));

  it('that move with each commit are no one thing: nothing of them changed', () => {
    const folder = { folder: 'results', trends: trendsFrom(runs(at => `c${at - 1}`)), ignored: [] };
    const [scenario] = folder.trends.machines[0]!.scenarios;
    expect(scenario).toMatchObject({ baselineCommits: 14, series: [{ executor: 'queue', changes: [] }] });
    expect(scenario!.series[0]!.points).toHaveLength(14);
    const [group] = trendsView(folder).machines[0]!.groups;
    expect(group!.headline).toMatch(/^No trend: `limited` stands for 14 revisions/);
    expect(group!.notes.map(({ label }) => label)).toEqual(['moves']);
    expect(renderMarkdownTrends(folder)).toContain('not one thing');
  });

  it('against one that stays have a trend', () => {
    const [scenario] = trendsFrom(runs(() => 'v1')).machines[0]!.scenarios;
    expect(scenario).toMatchObject({ baselineCommits: 1, series: [{ changes: [{ at: 7 }] }] });
  });
});

test('ratios of cold trials and of warm ones are two series', () => {
  const warm = ratiosScenario({ queue: 1.8 });
  const cold = { ...warm, executors: warm.executors.map(one => ({ ...one, coldOnly: true })) };
  expect(queueOf([dayRun(0, [warm]), dayRun(1, [cold])]).map(({ points }) => points.length)).toEqual([1, 1]);
});
