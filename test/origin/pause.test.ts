import { describe, expect, it } from 'vitest';
import { delayWithPauses } from '../../src/origin/pause.js';

const every = { pauseMs: 500, pauseEveryMs: 2_000 };

describe('delayWithPauses', () => {
  it.each([
    ['between pauses', 600, 50, 50],
    ['at the beginning of a pause', 4_000, 0, 500],
    ['in a pause', 2_400, 0, 100],
    ['in a pause, with a delay of its own after it', 2_400, 50, 150],
    ['to be answered in a pause', 1_990, 50, 510],
    ['to be answered just before one', 1_949, 50, 50],
    ['whose delay meets a pause at its end', 1_950, 50, 550],
    ['longer than a period: it meets the pause that it ends in', 600, 1_600, 1_900],
  ])('%s', (_, arrivedMs, delayMs, expected) => {
    expect(delayWithPauses(every, arrivedMs, delayMs)).toBe(expected);
  });

  it('does nothing where there are none', () => {
    expect(delayWithPauses({ pauseMs: 0, pauseEveryMs: 0 }, 123, 45)).toBe(45);
  });

  it('makes P(latency > x) = 0.25 (1 − x ÷ 500) for those that arrive at any time', () => {
    const latencies = Float64Array.from({ length: 20_000 }, (_, at) =>
      delayWithPauses(every, at / 10, 0),
    ).sort();
    const quantile = (p: number) => latencies[Math.ceil(p * latencies.length) - 1]!;
    expect([quantile(0.8), quantile(0.9), quantile(0.99)].map(Math.round)).toEqual([100, 300, 480]);
    expect(quantile(0.74)).toBe(0);
  });
});
