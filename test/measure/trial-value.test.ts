import { expect, it } from 'vitest';
import { roundValues } from '../../src/measure/trial-value.js';
import { parsePredicates } from '../../src/predicate.js';
import type { MeasuredTrial } from '../../src/schema/index.js';
import { tasksForObjective } from '../../src/stats/objective-samples.js';
import {
  makeDistribution,
  makeExecutor,
  makeMeasuredTrial,
  makeMeasurement,
  makeScenario,
} from '../support/report-fixture.js';

const LOAD = { kind: 'rate', perSecond: 200, arrivals: 'constant', maxBacklog: 1_000 } as const;
/** Of all trials together: one in fifty takes 80 ms. */
const HISTOGRAM = { of: 'latency' as const, upToMs: [10, 80], counts: [392, 8] };

/** The first round, of a trial of 200 tasks at 200/s. */
function firstValue(
  slo: string,
  more: Partial<MeasuredTrial> = {},
  histogram: typeof HISTOGRAM | null = HISTOGRAM,
) {
  const trial = makeMeasuredTrial({ latencyMs: makeDistribution(10, 200), ...more });
  const executor = { ...makeExecutor(), trials: [trial], histogram };
  const { scenario } = makeScenario({
    executors: [executor],
    load: LOAD,
    slo: parsePredicates(slo, '--slo'),
  });
  const measurement = makeMeasurement({ rounds: 1, warmup: { kind: 'time', ms: 100 } });
  return roundValues(executor, { ...scenario, measurement }, 0)[0];
}

it('a percentile that a trial has too few tasks for is that of all trials, and never one that is met unseen', () => {
  expect(firstValue('p99<50ms')).toBeCloseTo(Math.log(50 / 80), 9);
  expect(firstValue('p99<100ms')).toBe(0);
  expect(firstValue('p99<50ms', {}, null)).toBeNull();
  // It has the tasks of a p90 itself.
  expect(firstValue('p90<50ms')).toBe(0);
});

it('a failed task is worse than any limit', () => {
  const withFailed = { latencyMs: { ...makeDistribution(10, 190), failed: 10 } };
  expect(firstValue('p99<10m', withFailed)).toBe(-2);
  expect(firstValue('max<10m', withFailed)).toBe(-2);
  expect(firstValue('p90<50ms', withFailed)).toBe(0);
});

it('knows how many tasks of a trial an objective takes', () => {
  expect(tasksForObjective(parsePredicates('p99<50ms', '--slo'), 2)).toBe(500);
  expect(tasksForObjective(parsePredicates('p50<5ms, p99.9<50ms', '--slo'), 2)).toBe(5_000);
  expect(tasksForObjective(parsePredicates('mean<5ms', '--slo'), 2)).toBe(0);
});
