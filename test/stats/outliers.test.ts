import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOutliers } from '../../src/stats/outliers.js';

it.each([
  [[], 0],
  [[100, 101, 102, 1_000], 0],
  [[100, 101, 102, 103, 104, 105, 106, 107], 0],
  [[100, 101, 102, 103, 104, 105, 106, 150], 1],
  [[100, 101, 102, 103, 104, 105, 10, 150], 2],
  [[100, 100, 100, 100, 100, 100.001], 1],
  // Inner fences (1.5 ranges) would call the last one out.
  [[100, 101, 102, 103, 104, 105, 106, 113], 0],
  [[0, -1, Number.NaN, Number.POSITIVE_INFINITY, 100, 101, 102, 103, 104, 150], 1],
])('%j has %d far out', (values, expected) => {
  expect(countOutliers(values)).toBe(expected);
});

it('depends neither on order nor on the unit', () => {
  const value = fc.oneof(fc.integer({ min: 90, max: 110 }), fc.constantFrom(1, 1_000_000));
  fc.assert(
    fc.property(fc.array(value), values => {
      const count = countOutliers(values);
      expect(countOutliers(values.toReversed())).toBe(count);
      expect(count).toBeLessThanOrEqual(values.length / 2);
    }),
  );
  expect(countOutliers([100, 101, 102, 103, 104, 105, 106, 150].map(ms => ms * 1e6))).toBe(1);
});
