import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tQuantile, tTwoSidedP } from '../../src/stats/student-t.js';

/** The usual printed tables, here with more digits (Boost, by way of SciPy). */
const SHARES = [0.75, 0.975, 0.985, 0.9995];
const TABLE = [
  [1, 1.0, 12.7062047, 21.2049488, 636.619249],
  [2, 0.816496581, 4.30265273, 5.64277835, 31.5990546],
  [3, 0.764892328, 3.18244631, 3.89604593, 12.9239786],
  [4, 0.740697084, 2.77644511, 3.29762973, 8.61030158],
  [5, 0.726686844, 2.57058184, 3.00287497, 6.86882663],
  [7, 0.711141778, 2.36462425, 2.71457301, 5.40788252],
  [11, 0.697445328, 2.20098516, 2.49066393, 4.43697934],
  [30, 0.682755693, 2.04227246, 2.27826233, 3.64595864],
  [100, 0.676951043, 1.98397152, 2.2014969, 3.39049131],
  [1_000, 0.674735165, 1.96233908, 2.17319208, 3.30028265],
  [10_000, 0.674514284, 1.96020124, 2.17040016, 3.29149997],
] as const;

const df = fc.integer({ min: 1, max: 10_000 });

describe('tQuantile', () => {
  it.each(TABLE)('is that of the tables for %d degrees of freedom', (freedom, ...expected) => {
    expected.forEach((t, i) => {
      expect(Math.abs(tQuantile(SHARES[i]!, freedom) / t - 1)).toBeLessThan(1e-8);
    });
  });

  it('is symmetric, and 0 in the middle', () => {
    expect(tQuantile(0.025, 4)).toBeCloseTo(-tQuantile(0.975, 4), 12);
    expect(Math.abs(tQuantile(0.5, 4))).toBeLessThan(1e-9);
  });

  it('is undone by tTwoSidedP', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.501, max: 0.9999, noNaN: true }), df, (p, freedom) => {
        expect(tTwoSidedP(tQuantile(p, freedom), freedom)).toBeCloseTo(2 * (1 - p), 10);
      }),
    );
  });
});

describe('tTwoSidedP', () => {
  it.each([
    [0.1, 3, 0.9266523488],
    [1, 1, 0.5],
    [2.5, 4, 0.06676654481],
    [2.5, 11, 0.02950637409],
    [8, 4, 0.001323896909],
    [1.96, 10_000, 0.05002352023],
    [40, 5, 1.841196217e-7],
  ])('of t = %d at %d degrees of freedom', (t, freedom, expected) => {
    expect(Math.abs(tTwoSidedP(t, freedom) / expected - 1)).toBeLessThan(1e-8);
  });

  it('is the closed form for 1, 2 and 4 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e3, noNaN: true }), t => {
        const within2 = t / Math.sqrt(2 + t * t);
        const u = t / Math.sqrt(4 + t * t);
        expect(tTwoSidedP(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 10);
        expect(tTwoSidedP(t, 2)).toBeCloseTo(1 - within2, 10);
        expect(tTwoSidedP(t, 4)).toBeCloseTo(1 - 1.5 * u + 0.5 * u ** 3, 10);
      }),
    );
  });

  it('falls from 1 at t = 0 to 0, the same on both sides', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), df, (t, freedom) => {
        const p = tTwoSidedP(t, freedom);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(tTwoSidedP(-t, freedom)).toBe(p);
        expect(tTwoSidedP(t + 0.1, freedom)).toBeLessThanOrEqual(p);
      }),
    );
    expect(tTwoSidedP(0, 4)).toBe(1);
    expect(tTwoSidedP(Number.NEGATIVE_INFINITY, 4)).toBe(0);
  });
});
