import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAcceptance, binomialLowerBound, binomialUpperBound } from '../../src/stats/binomial.js';

/** Σ C(n, i) pⁱ (1 − p)ⁿ⁻ⁱ for i ≤ k, term by term; as logarithms, since (1 − p)ⁿ may be too small for a double. */
function naiveAtMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 0; i < k; i++) {
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return sum;
}

describe('binomial bounds', () => {
  it('leave what statistics.md says: 5 of 100 ≤ 10.2 %, 0 of n ≤ 1 − 0.05^(1/n)', () => {
    expect(binomialUpperBound(5, 100)).toBeCloseTo(0.1023, 4);
    for (const n of [1, 12, 59]) expect(binomialUpperBound(0, n)).toBeCloseTo(1 - 0.05 ** (1 / n), 12);
    expect([binomialUpperBound(7, 7), binomialLowerBound(0, 7)]).toEqual([1, 0]);
  });

  it('are where the naive sum has 5 % left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (n, share) => {
          const k = Math.floor(share * n);
          expect(naiveAtMost(k, n, binomialUpperBound(k, n))).toBeCloseTo(0.05, 6);
          if (k > 0) expect(1 - naiveAtMost(k - 1, n, binomialLowerBound(k, n))).toBeCloseTo(0.05, 6);
        },
      ),
    );
  });

  it('accept 11 of 100 at 5 %, so that a correct program passes in 99 %', () => {
    expect(binomialAcceptance(100, 0.05)).toBe(11);
    expect(naiveAtMost(11, 100, 0.05)).toBeGreaterThanOrEqual(0.99);
    expect(naiveAtMost(10, 100, 0.05)).toBeLessThan(0.99);
  });
});
