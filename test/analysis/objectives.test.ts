import { describe, expect, it } from 'vitest';
import { summariseArrivals } from '../../src/analysis/arrivals.js';
import { judgeObjective, type Measured } from '../../src/analysis/objectives.js';
import { parsePredicates } from '../../src/predicate.js';
import { makeMeasuredTrial } from '../support/report-fixture.js';

const known = (median: number) => ({ median, low: median * 0.9, high: median * 1.1 });
const measured: Measured = {
  latency: { p50: known(10), p90: known(20), p99: known(45), p999: null },
  meanLatencyMs: known(12),
  maxLatencyMs: 80,
  latencyTasks: 985,
  tasksPerSecond: known(1_000),
  withoutLatency: 0,
  outcomes: { issued: 1_000, completed: 985, cancelled: 5, failed: { timeout: 10 } },
};
const judge = (text: string, more: Partial<Measured> = {}) =>
  judgeObjective(parsePredicates(text, '--slo'), { ...measured, ...more })[0]!;

describe('judgeObjective', () => {
  it.each([
    // The upper bound of p99 is 49.5, though its middle is 45.
    ['p99<50ms', 49.5, true],
    ['p99<49ms', 49.5, false],
    ['p99<=49.6ms', 49.5, true],
    ['p50<11ms', 11, false],
    ['p90>17ms', 18, true],
    ['mean<14ms', 13.2, true],
    // Of a throughput that must be high, the lower bound counts.
    ['throughput>900/s', 900, false],
    ['throughput>=900/s', 900, true],
    ['max<100ms', null, true],
    ['max<80ms', null, false],
    // 15 of 1,000: at most 2.3 % and at least 0.9 %, one-sided.
    ['failed<1%', 0.02301, false],
    ['failed<2%', 0.02301, false],
    ['failed<2.4%', 0.02301, true],
    ['failed>0.9%', 0.00928, true],
    ['failed>1%', 0.00928, false],
  ])('%s', (text, bound, met) => {
    const finding = judge(text);
    expect(finding.met).toBe(met);
    if (bound === null) expect(finding.bound).toBeNull();
    else expect(finding.bound).toBeCloseTo(bound, bound < 1 ? 4 : 9);
  });

  it('does not know what has too few samples, too few forks, or no latency', () => {
    expect(judge('p99.9<1s')).toMatchObject({ value: null, bound: null, met: null });
    expect(judge('p99<50ms', { latency: null })).toMatchObject({ value: null, met: null });
    const twoForks = { ...measured.latency!, p99: { median: 10, low: null, high: null } };
    expect(judge('p99<50ms', { latency: twoForks })).toMatchObject({ value: 10, bound: null, met: null });
  });

  const noneFailed = (issued: number) => ({
    outcomes: { issued, completed: issued, cancelled: 0, failed: {} },
  });

  it.each([
    ['failed<0.1%', 300, false],
    ['failed<1%', 298, false],
    ['failed<1%', 299, true],
    ['failed<0.1%', 2_995, true],
    ['failed<=0%', 1_000_000, false],
  ])('%s is not shown by every 0 of %d', (text, issued, met) => {
    expect(judge(text, noneFailed(issued))).toMatchObject({ value: 0, met });
  });

  it('does not know a share of nothing', () => {
    expect(judge('failed<1%', noneFailed(0))).toMatchObject({ value: null, bound: null, met: null });
  });

  it('says of a maximum what was seen, and what none of n beyond the limit proves', () => {
    expect(judge('max<100ms', { latencyTasks: 3_000 })).toMatchObject({ value: 80, bound: null, met: true });
    expect(judge('max<100ms', { latencyTasks: 3_000 }).beyondShare).toBeCloseTo(3 / 3_000, 5);
    expect(judge('max<80ms').beyondShare).toBeNull();
    expect(judge('max>50ms')).toMatchObject({ met: true, beyondShare: null });
    expect(judge('max<100ms', { maxLatencyMs: null, latencyTasks: 0 })).toMatchObject({ met: null });
    expect(judge('p99<50ms').beyondShare).toBeNull();
  });

  it('has a finding for each part', () => {
    expect(
      judgeObjective(parsePredicates('p99<50ms, failed<1%', ''), measured).map(({ met }) => met),
    ).toEqual([true, false]);
  });
});

describe('summariseArrivals', () => {
  const arrivals = (overloaded: boolean, last: number) => ({
    due: 100,
    unfinished: overloaded ? 3 : 0,
    pacerLateMs: { count: 100, min: 0, mean: 0, p50: 0, p90: 0, p99: null, p999: null, max: 0 },
    pacerCpuMs: 1,
    backlogByQuarter: [1, 2, 3, last],
    overloaded,
  });
  const trial = (overloaded: boolean, last: number) =>
    makeMeasuredTrial({ arrivals: arrivals(overloaded, last) });

  it('adds up, and calls overloaded what was so in most trials', () => {
    const summary = summariseArrivals([trial(true, 9), trial(true, 7), trial(false, 2)], []);
    expect(summary).toMatchObject({
      due: 300,
      unfinished: 6,
      backlogByQuarter: [1, 2, 3, 7],
      overloaded: true,
    });
    expect(summariseArrivals([trial(true, 9), trial(false, 7)], [])?.overloaded).toBe(false);
  });

  it('is nothing in other loads', () => {
    expect(summariseArrivals([makeMeasuredTrial({})], [])).toBeNull();
  });
});
