import { expect, test } from 'vitest';
import { isKnown, withoutUnknown } from '../../src/stats/clock-error.js';

test.each([
  [0.5, 1, true],
  [5, 1.01, false],
  [10.2, 1.01, true],
  [30, 3.1, false],
  [31, 3.1, true],
  [0, 0, true],
  [1e6, null, false],
] as const)('%s ms with clocks that may be %s ms apart: %s', (ms, errorMs, known) => {
  expect(isKnown(ms, errorMs)).toBe(known);
});

test('of a distribution that is left out which the clocks could have made', () => {
  const waits = { count: 1_000, min: 1, mean: 18, p50: 20, p90: 40, p99: 90, p999: null, max: 95 };
  expect(withoutUnknown(waits, 0.9)).toEqual(waits);
  expect(withoutUnknown(waits, 3)).toEqual({ ...waits, min: null, mean: null, p50: null });
});
