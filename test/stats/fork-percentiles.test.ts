import { describe, expect, it } from 'vitest';
import { estimatePercentile, forkPercentiles } from '../../src/stats/fork-percentiles.js';
import { LogHistogram } from '../../src/stats/histogram.js';

const histogramOf = (values: readonly number[]) => {
  const histogram = new LogHistogram();
  for (const value of values) histogram.add(value);
  return histogram.toData();
};
const upTo = (n: number, scale = 1) => histogramOf(Array.from({ length: n }, (_, at) => (at + 1) * scale));

describe('forkPercentiles', () => {
  it('takes a fork’s trials together', () => {
    // 1 … 500 in one trial and 501 … 1000 in the other: the mean of their p99s would be 743.
    const later = histogramOf(Array.from({ length: 500 }, (_, at) => at + 501));
    const [p99] = forkPercentiles([[upTo(500), later]], 0.99);
    expect(Math.abs(p99! / 990 - 1)).toBeLessThan(0.005);
  });

  it.each([
    [0.5, 20],
    [0.9, 100],
    [0.99, 1_000],
    [0.999, 10_000],
  ])('p %d takes %d samples', (p, samples) => {
    expect(forkPercentiles([[upTo(samples)]], p)[0]).not.toBeNull();
    expect(forkPercentiles([[upTo(samples - 1)]], p)[0]).toBeNull();
  });
});

describe('estimatePercentile', () => {
  it('is the t interval over forks of the logarithm', () => {
    const forks = [1, 1.1, 1.21].map(scale => [upTo(1_000, scale)]);
    const found = estimatePercentile(forks, 0.99, 'fixed')!;
    expect(Math.abs(found.median! / (990 * 1.1) - 1)).toBeLessThan(0.005);
    // Standard deviation ln 1.1, three forks, t(0.975, 2) = 4.303.
    expect(Math.log(found.high! / found.median!)).toBeCloseTo((4.3027 * Math.log(1.1)) / Math.sqrt(3), 1);
  });

  it('is nothing where one fork lacks samples, and leaves out forks without trials', () => {
    expect(estimatePercentile([[upTo(1_000)], [upTo(10)]], 0.99, 'fixed')).toBeNull();
    expect(estimatePercentile([[], []], 0.99, 'fixed')).toBeNull();
    expect(estimatePercentile([[upTo(1_000)], []], 0.99, 'fixed')?.low).toBeNull();
  });
});
