import fc from 'fast-check';
import * as oracle from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  describe as describeSamples,
  median,
  quantile,
  rankOf,
  sortSamples,
} from '../../src/stats/quantile.js';

const value = fc.double({ min: 0, max: 1e6, noNaN: true });
const samples = fc.array(value, { minLength: 1, maxLength: 300 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const sorted = (values: readonly number[]) => sortSamples(Float64Array.from(values));

describe('quantile', () => {
  it.each([
    [0, 10],
    [0.2, 10],
    [0.21, 20],
    [0.5, 30],
    [0.8, 40],
    [0.99, 50],
    [1, 50],
  ])('is the nearest rank: p = %d of five', (p, expected) => {
    expect(quantile(sorted([30, 10, 50, 20, 40]), p)).toBe(expected);
  });

  it('does not take a rounded product for the next rank', () => {
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(rankOf(0.07, 100)).toBe(7);
    expect(rankOf(0.999, 10_000)).toBe(9_990);
    expect(rankOf(0.99, 1_000_000)).toBe(990_000);
  });

  it('is the smallest sample that at least p·n samples do not exceed', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 1000 }), (values, thousandths) => {
        const found = quantile(sorted(values), thousandths / 1000);
        const notAbove = (limit: number) => values.filter(v => v <= limit).length * 1000;
        const needed = thousandths * values.length;
        const naive = values.filter(v => notAbove(v) >= needed).reduce((a, b) => Math.min(a, b));
        expect(found).toBe(naive);
      }),
    );
  });

  it('is monotone and inside min and max', () => {
    fc.assert(
      fc.property(samples, share, share, (values, p, q) => {
        const all = sorted(values);
        const [low, high] = [Math.min(p, q), Math.max(p, q)];
        expect(quantile(all, low)).toBeLessThanOrEqual(quantile(all, high));
        expect(quantile(all, low)).toBeGreaterThanOrEqual(Math.min(...values));
        expect(quantile(all, high)).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('refuses no samples', () => {
    expect(() => quantile(sorted([]), 0.5)).toThrow(RangeError);
  });
});

describe('describe', () => {
  const upTo = (n: number) => sortSamples(Float64Array.from({ length: n }, (_, i) => n - i));

  it('is all null without samples', () => {
    expect(describeSamples(upTo(0))).toEqual({
      count: 0,
      min: null,
      mean: null,
      p50: null,
      p90: null,
      p99: null,
      p999: null,
      max: null,
    });
  });

  it.each([
    [999, null, null],
    [1_000, 990, null],
    [9_999, 9_900, null],
    [10_000, 9_900, 9_990],
  ])('gates percentiles: of %d samples', (count, p99, p999) => {
    expect(describeSamples(upTo(count))).toMatchObject({ count, p99, p999, max: count });
  });

  it('does not depend on the order of samples, and agrees with the oracle', () => {
    fc.assert(
      fc.property(samples, values => {
        const distribution = describeSamples(sorted(values));
        expect(describeSamples(sorted(values.toReversed()))).toEqual(distribution);
        expect(distribution.mean).toBeCloseTo(oracle.mean(values), 6);
        expect(distribution.mean).toBeGreaterThanOrEqual(distribution.min!);
        expect(distribution.mean).toBeLessThanOrEqual(distribution.max!);
        expect(distribution.min).toBe(oracle.min(values));
        expect(distribution.max).toBe(oracle.max(values));
      }),
    );
  });
});

describe('median', () => {
  it('is that of the oracle, and leaves the values alone', () => {
    fc.assert(
      fc.property(samples, values => {
        const before = [...values];
        expect(median(values)).toBeCloseTo(oracle.median(values), 6);
        expect(values).toEqual(before);
      }),
    );
  });

  it('is null of nothing', () => {
    expect(median([])).toBeNull();
  });
});
