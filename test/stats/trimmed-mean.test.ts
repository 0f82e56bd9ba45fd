import fc from 'fast-check';
import { mean, median } from 'simple-statistics';
import { expect, it } from 'vitest';
import { trimmedMean } from '../../src/stats/comparison.js';

const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 30 });

it.each([
  [[4], 4],
  [[1, 4], 2.5],
  [[100, 1, 4], 4],
  [[1, 100, 3, 5], 4],
  [[-100, 1, 2, 6, 100], 3],
  [[9, 1, 2, 3, 4, 5, 6, 7, 8, 0], 4.5],
])('cuts a fifth from each end, at least one from three on: %j', (given, expected) => {
  expect(trimmedMean(given)).toBeCloseTo(expected, 12);
});

it('is the mean of one or two, the median of three or four', () => {
  fc.assert(
    fc.property(values, given => {
      if (given.length > 4) return;
      const expected = given.length < 3 ? mean(given) : median(given);
      expect(trimmedMean(given)).toBeCloseTo(expected, 9);
    }),
  );
});

it('does not depend on order, moves with its values, and one outlier cannot carry it away', () => {
  fc.assert(
    fc.property(values, given => {
      const center = trimmedMean(given);
      expect(trimmedMean(given.toReversed())).toBe(center);
      expect(trimmedMean(given.map(v => v + 3))).toBeCloseTo(center + 3, 9);
      if (given.length >= 2) expect(trimmedMean([...given, 1e9])).toBeLessThanOrEqual(10);
    }),
  );
});

it('refuses nothing at all', () => {
  expect(() => trimmedMean([])).toThrow(RangeError);
});
