import { describe, expect, it } from 'vitest';
import { summariseExecutor } from '../../src/analysis/summarise.js';
import { LOOP } from '../../src/executors/capabilities.js';
import { trialLimitMs } from '../../src/measure/trial-spec.js';
import { parsePredicates } from '../../src/predicate.js';
import type { Distribution, ExecutorVariant, MeasuredTrial, Scenario } from '../../src/schema/index.js';
import { LogHistogram } from '../../src/stats/histogram.js';
import { makeMeasuredTrial } from '../support/report-fixture.js';

function summaryOf(load: Partial<Scenario['load']>, trials: readonly MeasuredTrial[], slo = '') {
  const scenario = {
    load,
    tasks: 100,
    slo: slo === '' ? [] : parsePredicates(slo, '--slo'),
  } as unknown as Scenario;
  const variant = { id: 'limited', capabilities: LOOP, inFlight: 1, threads: 1 } as ExecutorVariant;
  const histogramsOf = ({ latencyMs }: MeasuredTrial) => {
    const histogram = new LogHistogram();
    for (let task = 0; task < latencyMs.count; task++) histogram.add(latencyMs.p50 ?? 0);
    histogram.addFailed(latencyMs.failed);
    const data = histogram.toData();
    return {
      latencyMs: data,
      waitMs: data,
      serviceMs: data,
      pacerLateMs: null,
      loopWaitMs: data,
    };
  };
  const histograms = trials.map(histogramsOf);
  const fork = {
    id: 'limited',
    startupMs: 1,
    trials,
    histograms,
    digests: null,
    examples: [],
    trace: null,
    warmedUp: null,
  };
  return summariseExecutor(scenario, { variant, coldOnly: false, forks: [fork, fork, fork] }, {
    alone: null,
    resources: { cores: 2, uvThreads: 4 },
    confidence: 'fixed',
  } as never);
}

const latency = (p50: number, count: number, failed = 0) => ({ count, p50, failed }) as Distribution;

describe('the cold run is compared with warm ones by what the load does not fix:', () => {
  const cold = { round: 0, cold: true, wallMs: 1_000 };
  const warm = { round: 1, wallMs: 4_000 };
  it.each([
    ['a batch by its time', 'batch', {}, {}, 0.25],
    ['a duration by the time per task', 'duration', { tasksPerSecond: 400 }, { tasksPerSecond: 600 }, 1.5],
    [
      'a rate by its median latency',
      'rate',
      { latencyMs: latency(30, 100) },
      { latencyMs: latency(10, 100) },
      3,
    ],
  ] as const)('%s', (_, kind, coldMore, warmMore, ratio) => {
    const trials = [makeMeasuredTrial({ ...cold, ...coldMore }), makeMeasuredTrial({ ...warm, ...warmMore })];
    const summary = summaryOf({ kind }, trials);
    expect(summary.coldSlowdown).toBeCloseTo(ratio, 9);
    expect(summary.coldWallMs).toBe(kind === 'batch' ? 1_000 : null);
  });
});

describe('a failed task is worse than any limit', () => {
  const withFailed = (failed: number, slo: string) =>
    summaryOf({ kind: 'rate' }, [makeMeasuredTrial({ latencyMs: latency(10, 2_000 - failed, failed) })], slo);
  it.each([
    ['p99<50ms', 0, true],
    ['p99<50ms', 19, true],
    ['p99<50ms', 21, false],
    // However high the limit.
    ['p99<10m', 21, false],
    ['p90<50ms', 150, true],
    ['p90<50ms', 250, false],
    ['max<50ms', 0, true],
    ['max<50ms', 1, false],
    ['mean<50ms', 1, false],
  ] as const)('%s with %i of 2,000 failed', (slo, failed, met) => {
    expect(withFailed(failed, slo).slo[0]!.met).toBe(met);
  });

  it('no time is given to a percentile that falls among them', () => {
    const { latency: found, latencyMs } = withFailed(250, 'p50<1s');
    expect(found!.amongFailed).toEqual(['p90', 'p99']);
    expect(found!.p99).toBeNull();
    expect(found!.p50!.median).toBeCloseTo(10, 0);
    expect(latencyMs).toMatchObject({ count: 3 * 1_750, failed: 3 * 250 });
  });
});

it('tells the time of one batch, however many each trial has', () => {
  const summary = summaryOf({ kind: 'batch' }, [
    makeMeasuredTrial({ round: 0, cold: true, wallMs: 150, batches: 1 }),
    ...[1, 2].map(round => makeMeasuredTrial({ round, wallMs: 800, batches: 8, tasksPerSecond: 1_000 })),
  ]);
  expect(summary.wallMs.median).toBeCloseTo(100, 9);
  expect(summary.coldWallMs).toBe(150);
  expect(summary.batches).toBe(8);
});

it('gives a trial of several batches the time for all of them', () => {
  const variant = { inFlight: 10 } as ExecutorVariant;
  const spec = { taskTimeoutMs: 1_000, probeSeed: 1, digest: false, gauge: false, trace: false };
  const limit = (repeats: number) =>
    trialLimitMs({ load: { kind: 'batch', tasks: 100 }, repeats, ...spec }, variant);
  expect(limit(5) - limit(1)).toBe(40_000);
});
