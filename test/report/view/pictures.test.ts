import { describe, expect, it } from 'vitest';
import { picturesOf } from '../../../src/report/view/pictures/pictures.js';
import type { ExecutorResult } from '../../../src/schema/index.js';
import { LogHistogram } from '../../../src/stats/histogram.js';
import {
  atRate,
  computingScenario,
  makeDistribution,
  makeExecutor,
  makeMeasuredTrial,
  makeScenario,
  NO_SAMPLES,
  rateScenario,
  tooManyFailed,
  waitingScenario,
} from '../../support/report-fixture.js';

const labelsOf = (one: { readonly label: string }) => one.label;

describe('throughput', () => {
  it('is that of the table, the best first, with its interval', () => {
    const { throughput } = picturesOf(waitingScenario());
    expect(throughput!.bars[0]).toMatchObject({
      label: 'limited',
      executor: 'limited',
      value: 1_120,
      text: '1,120/s',
    });
    const [low, high] = throughput!.bars[0]!.interval!;
    expect([low < 1_120, high > 1_120]).toEqual([true, true]);
    expect(throughput!.method).toContain("Student's t");
  });

  it('is not shown of an executor whose figures must not be believed', () => {
    const failing = makeExecutor({
      name: 'batched',
      perSecond: 9_000,
      validity: 'INVALID',
      findings: [tooManyFailed('batched', 0.5)],
    });
    const result = makeScenario({ executors: [makeExecutor(), makeExecutor({ name: 'queue' }), failing] });
    expect(picturesOf(result).throughput!.bars.map(labelsOf)).not.toContain('batched');
  });

  it('is left out at a given rate, which all have alike', () => {
    const { throughput, percentiles } = picturesOf(rateScenario(500, { limited: 30, queue: 24 }));
    expect(throughput).toBeNull();
    expect(percentiles!.title).toMatch(/^Latency/);
  });

  it('says that few forks have no interval', () => {
    const one = makeExecutor({ forks: 1, tasksPerSecond: { median: 7, low: null, high: null } });
    const { throughput } = picturesOf(makeScenario({ executors: [one] }));
    expect(throughput!.bars[0]!.interval).toBeNull();
    expect(throughput!.method).toContain('too few forks');
  });
});

describe('percentiles', () => {
  it('end where there are too few tasks for the next', () => {
    const executors = [
      makeExecutor({ serviceMs: makeDistribution(10, 20_000) }),
      makeExecutor({ name: 'queue', serviceMs: makeDistribution(10, 500) }),
    ];
    const { percentiles } = picturesOf(makeScenario({ executors }));
    const shares = percentiles!.curves.map(({ points }) => points.map(({ share }) => share));
    expect(shares.toSorted((a, b) => b.length - a.length)).toEqual([
      [0.5, 0.9, 0.99, 0.999],
      [0.5, 0.9],
    ]);
  });

  it('have others between and beyond them, where the histogram has the tasks for it', () => {
    const histogram = new LogHistogram();
    for (let at = 0; at < 25_000; at++) histogram.add(10 + at / 1_250);
    const serviceMs = histogram.distribution();
    const executor = makeExecutor({ serviceMs, histogram: { of: 'service', ...histogram.ends() } });
    const pointsOf = (one: ExecutorResult) =>
      picturesOf(makeScenario({ executors: [one] })).percentiles!.curves[0]!.points;
    const points = pointsOf(executor);
    expect(points.filter(({ isNamed }) => isNamed)).toEqual([
      { share: 0.5, valueMs: serviceMs.p50, isNamed: true },
      { share: 0.9, valueMs: serviceMs.p90, isNamed: true },
      { share: 0.99, valueMs: serviceMs.p99, isNamed: true },
      { share: 0.999, valueMs: serviceMs.p999, isNamed: true },
    ]);
    expect(points.length).toBeGreaterThan(15);
    // There are 12 tasks beyond p99.95, and 7 beyond p99.97.
    expect(points.at(-1)!.share).toBe(0.9995);
    for (const [at, { share, valueMs }] of points.entries()) {
      expect(Math.abs(valueMs / (10 + 20 * share) - 1)).toBeLessThan(0.01);
      if (at > 0) expect(valueMs).toBeGreaterThanOrEqual(points[at - 1]!.valueMs);
    }
    expect(pointsOf({ ...executor, histogram: { ...executor.histogram!, of: 'latency' } })).toHaveLength(4);
    // 3.8 % failed: p97 and p99 fall among them.
    const failing = pointsOf({ ...executor, serviceMs: { ...serviceMs, failed: 1_000 } });
    expect(failing.at(-1)!.share).toBe(0.95);
  });

  it('end before the tasks that failed', () => {
    const serviceMs = { ...makeDistribution(10, 20_000), failed: 1_000 };
    const { percentiles } = picturesOf(makeScenario({ executors: [makeExecutor({ serviceMs })] }));
    expect(percentiles!.curves[0]!.points.map(({ share }) => share)).toEqual([0.5, 0.9]);
  });

  it('are none where there are no samples, or of an executor that is overloaded', () => {
    const none = makeExecutor({ serviceMs: NO_SAMPLES });
    expect(picturesOf(makeScenario({ executors: [none] })).percentiles).toBeNull();
    const rate = makeScenario({
      ...rateScenario(500, { limited: 30 }),
      executors: [atRate('queue', 500, null)],
    });
    expect(picturesOf(rate).percentiles).toBeNull();
  });
});

describe('the ideal', () => {
  it('is the share that was reached, above 1 too, with its limit', () => {
    const ideal = { perSecond: 100, limitedBy: 'cpu', uvThreads: null, share: 1.04 } as const;
    const { ideal: bars } = picturesOf(makeScenario({ executors: [makeExecutor({ ideal })] }));
    expect(bars).toMatchObject({ mark: 1, bars: [{ value: 1.04, text: '104 %, cores' }] });
  });
});

describe('where time and CPU go', () => {
  it('time: means over the trials that count', () => {
    const trial = (deliveryMs: number, more = {}) =>
      makeMeasuredTrial({ deliveryMs: { ...makeDistribution(1, 100), mean: deliveryMs }, ...more });
    const trials = [trial(2), trial(4), trial(90, { cold: true, round: 0 })];
    const { taskTime } = picturesOf(makeScenario({ executors: [makeExecutor({ trials })] }));
    const { waitMs, serviceMs } = makeExecutor();
    const whole = waitMs.mean! + serviceMs.mean! + 3;
    const [wait, service, delivery] = taskTime!.stacks[0]!.values;
    expect([wait, service, delivery]).toEqual([waitMs.mean! / whole, serviceMs.mean! / whole, 3 / whole]);
    expect(taskTime!.stacks[0]!.text).toMatch(/ \+ 3\.0 ms$/);
  });

  it('time: is not known without trials', () => {
    expect(picturesOf(waitingScenario()).taskTime).toBeNull();
  });

  it('CPU: what a task takes alone, and what is beyond it', () => {
    const { taskCpu } = picturesOf(computingScenario());
    const queue = taskCpu!.stacks.find(({ executor }) => executor === 'queue')!;
    expect(queue.values[0]).toBe(5.05);
    expect(queue.values[1]).toBeCloseTo(0.19);
    expect(queue.text).toBe('5.2 ms');
  });

  it('CPU: less than alone is all the work', () => {
    const executors = [makeExecutor({ cpuMsPerTask: 0.2 })];
    const { taskCpu } = picturesOf(
      makeScenario({ executors, alone: { tasks: 20, serviceMs: 50, cpuMs: 0.41 } }),
    );
    expect(taskCpu!.stacks[0]!.values).toEqual([0.2, 0]);
  });
});
