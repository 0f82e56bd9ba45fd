import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistogramData } from '../../src/schema/index.js';
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
  /** The narrowest bucket is the last of its octave: from 255 to 256. */
  const NARROWEST = 256 / 255;
  const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const confidence = fc.constantFrom('stopping' as const, 'fixed' as const);
  const bucketOf = (data: HistogramData) => data.buckets.join();

  it('has an interval no narrower than a step of the histogram, however alike the forks are', () => {
    const spread = fc.array(fc.double({ min: 0, max: 0.02, noNaN: true }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(value, spread, confidence, (base, shares, asked) => {
        const forks = shares.map(share => [histogramOf(new Array<number>(20).fill(base * (1 + share)))]);
        const { low, high } = estimatePercentile(forks, 0.5, asked)!;
        expect(high! / low!).toBeGreaterThanOrEqual(NARROWEST * (1 - 1e-12));
      }),
    );
  });

  it('has all in the interval that falls into the same bucket', () => {
    fc.assert(
      fc.property(
        value,
        confidence,
        fc.double({ min: 0.995, max: 1.005, noNaN: true }),
        (base, asked, factor) => {
          const alike = histogramOf([...new Array<number>(19).fill(base), base]);
          const other = histogramOf([base * factor]);
          fc.pre(bucketOf(other) === bucketOf(alike));
          const { low, high } = estimatePercentile([[alike], [alike], [alike]], 0.5, asked)!;
          expect(low!).toBeLessThanOrEqual(base * factor);
          expect(high!).toBeGreaterThanOrEqual(base * factor);
        },
      ),
    );
  });

  it('has nothing of steps where forks differ by more', () => {
    const forks = [1, 2, 4].map(scale => [upTo(1_000, scale)]);
    const found = estimatePercentile(forks, 0.5, 'fixed')!;
    expect(Math.log(found.high! / found.median!)).toBeCloseTo((4.3027 * Math.log(2)) / Math.sqrt(3), 1);
  });

  it('takes zeros as they are', () => {
    const zeros = [histogramOf(new Array<number>(20).fill(0))];
    expect(estimatePercentile([zeros, zeros, zeros], 0.5, 'fixed')).toEqual({
      median: null,
      low: null,
      high: null,
    });
  });

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
