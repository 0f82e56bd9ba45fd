import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogHistogram, standardDeviation } from '../../src/stats/histogram.js';
import { describe as describeSamples, sortSamples } from '../../src/stats/quantile.js';

const latency = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-6, max: 1e-2, noNaN: true }),
  fc.double({ min: 1e-2, max: 1e4, noNaN: true }),
  fc.double({ min: 1e4, max: 2e12, noNaN: true }),
);
const latencies = fc.array(latency, { maxLength: 400 });

function histogramOf(...batches: readonly number[][]): LogHistogram {
  const histogram = new LogHistogram();
  for (const values of batches) histogram.addAll(Float64Array.from(values));
  return histogram;
}

const exact = (values: readonly number[]) => describeSamples(sortSamples(Float64Array.from(values)));
const PERCENTILES = ['p50', 'p90', 'p99', 'p999'] as const;

function expectWithinHalfAPercent(histogram: LogHistogram, values: readonly number[]): void {
  const pooled = histogram.distribution();
  const truth = exact(values);
  expect({ count: pooled.count, min: pooled.min, max: pooled.max }).toEqual({
    count: truth.count,
    min: truth.min,
    max: truth.max,
  });
  for (const p of PERCENTILES) {
    if (truth[p] === null) expect(pooled[p]).toBeNull();
    else expect(Math.abs(pooled[p]! - truth[p])).toBeLessThanOrEqual(0.005 * truth[p]);
  }
}

describe('LogHistogram', () => {
  it('is within 0.5 % of the exact quantiles', () => {
    fc.assert(
      fc.property(latencies, values => {
        expectWithinHalfAPercent(histogramOf(values), values);
      }),
    );
  });

  it('has a standard deviation that is off by less than 0.4 % of the largest value, and none of equal ones', () => {
    const deviationOf = (values: readonly number[]) => {
      const histogram = histogramOf([...values]);
      const { min, mean, max } = histogram.distribution();
      return standardDeviation(histogram.ends(), { min: min!, mean: mean!, max: max! });
    };
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 400 }), values => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        expect(Math.abs(deviationOf(values) - Math.sqrt(variance))).toBeLessThanOrEqual(
          Math.max(...values) / 256 + 1e-6,
        );
      }),
    );
    expect(deviationOf([5.3, 5.3, 5.3])).toBeCloseTo(0, 12);
  });

  it('keeps the gates and the precision at the counts that open p99 and p99.9', () => {
    for (const count of [999, 1_000, 9_999, 10_000]) {
      const values = Array.from({ length: count }, (_, i) => 0.01 * 1.001 ** ((i * 7919) % count));
      expectWithinHalfAPercent(histogramOf(values), values);
    }
  });

  it('merges to the histogram of the concatenation, in either order', () => {
    fc.assert(
      fc.property(latencies, latencies, (a, b) => {
        const [one, other] = [histogramOf(a).toData(), histogramOf(b).toData()];
        const [merged, swapped] = [LogHistogram.fromData(one, other), LogHistogram.fromData(other, one)];
        const { sum, ...whole } = histogramOf(a, b).toData();
        for (const { sum: mergedSum, ...data } of [merged.toData(), swapped.toData()]) {
          expect(data).toEqual(whole);
          expect(Math.abs(mergedSum - sum)).toBeLessThanOrEqual(1e-12 * sum);
        }
      }),
    );
  });

  it('survives JSON and goes on counting', () => {
    fc.assert(
      fc.property(latencies, latencies, (before, after) => {
        const whole = histogramOf(before, after);
        const revived = LogHistogram.fromData(JSON.parse(JSON.stringify(histogramOf(before).toData())));
        revived.addAll(Float64Array.from(after));
        expect(revived.toData()).toEqual(whole.toData());
        expect(revived.distribution()).toEqual(whole.distribution());
      }),
    );
  });

  it('has a quantile without bias between the ranks beside it', () => {
    // (20 + ⅓) ½ + ⅓ = 10.5: between the tenth and the eleventh. A nearest rank is the tenth.
    const values = Array.from({ length: 20 }, (_, at) => 2 ** at);
    const { value, low, high } = histogramOf(values).unbiasedQuantile(0.5);
    const middle = (2 ** 9 + 2 ** 10) / 2;
    expect(value / middle).toBeCloseTo(1, 2);
    expect(low).toBe(middle);
    expect(high / middle).toBeCloseTo(1 + 1 / 128, 9);
  });

  it('has quantiles without bias between bounds, inside of what was measured, ascending', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 400 }), values => {
        const histogram = histogramOf(values.map(ms => Math.min(ms, 1e12)));
        const found = [0, 0.1, 0.5, 0.9, 0.99, 1].map(p => histogram.unbiasedQuantile(p));
        const { min, max } = histogram.distribution();
        for (const [at, { value, low, high }] of found.entries()) {
          expect(value).toBeGreaterThanOrEqual(Math.max(min!, low));
          expect(value).toBeLessThanOrEqual(Math.min(max!, high));
          if (at > 0) expect(value).toBeGreaterThanOrEqual(found[at - 1]!.value);
        }
        expect(found.at(-1)!.high).toBeGreaterThanOrEqual(max!);
        expect(found[0]!.low).toBeLessThanOrEqual(min!);
      }),
    );
  });

  it('keeps only the buckets that have something', () => {
    const { buckets, counts } = histogramOf(new Array<number>(1_000).fill(254)).toData();
    expect(buckets).toHaveLength(1);
    expect(counts).toEqual([1_000]);
  });

  it('tells the ends of its buckets: so many took at most so long, within 1 %', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-3, max: 1e15, noNaN: true }), { minLength: 1 }), values => {
        const { upToMs, counts } = histogramOf(values).ends();
        expect(counts.reduce((sum, one) => sum + one, 0)).toBe(values.length);
        expect(upToMs.at(-1)).toBe(Math.max(...values));
        let seen = 0;
        for (const [at, end] of upToMs.slice(0, -1).entries()) {
          seen += counts[at]!;
          const below = values.filter(value => value < end);
          expect(below).toHaveLength(seen);
          expect(end / Math.max(...below)).toBeLessThan(1.01);
        }
      }),
    );
  });

  it('puts zero, and what is shorter than a nanosecond, into a bucket of their own', () => {
    expect(histogramOf([0, 1e-9, 0.9e-6]).toData().buckets).toEqual([0]);
    expect(histogramOf([1e-6]).toData().buckets).toEqual([1]);
    expect(histogramOf([0, 0, 0, 5]).distribution()).toMatchObject({ min: 0, p50: 0, p90: 5, mean: 1.25 });
  });

  it('takes what is too long for its buckets, with an exact maximum', () => {
    expect(histogramOf([1, 1e15, Number.POSITIVE_INFINITY]).distribution().max).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it('is all null when empty', () => {
    expect(new LogHistogram().distribution()).toEqual(exact([]));
    expect(LogHistogram.fromData(new LogHistogram().toData()).distribution()).toEqual(exact([]));
  });

  it.each([-1e-9, Number.NaN])('refuses %d', value => {
    expect(() => new LogHistogram().add(value)).toThrow(RangeError);
  });
});
