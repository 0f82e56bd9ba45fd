import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellValue } from '../../../src/page/sort/cell-value.js';
import { amount, bytes, count, duration, NONE, percent, times } from '../../../src/report/format.js';

it.each([
  ['1,120', 1_120],
  ['0.23 µs', 0.000_23],
  ['57 ms', 57],
  ['2.1 s', 2_100],
  ['3.0 min', 180_000],
  ['2.5 h', 9_000_000],
  ['9.4 MB', 9.4e6],
  ['−1.2 kB', -1_200],
  ['57 %', 57],
  ['1.93×', 1.93],
  ['1.93 [1.90, 1.96]', 1.93],
  ['100/s', 100],
  ['4.1 ms↓', 4.1],
  ['3*', 3],
])('%s is %f', (text, value) => {
  expect(cellValue(text)).toBeCloseTo(value, 9);
});

it.each(['', NONE, 'INVALID', 'overloaded, +948', 'failed', 'queue ×2', 'p99'])('%j says no figure', text => {
  expect(cellValue(text)).toBeNull();
});

it('what is only known to be less is less than all that is known', () => {
  expect(cellValue('<0.1 %')).toBeLessThan(cellValue('0.1 %')!);
  expect(cellValue('>99.9 %')).toBeGreaterThan(cellValue('99.9 %')!);
});

/** What is more never reads as less, in whatever unit it is written. */
describe('the order of values is that of their texts', () => {
  const formats = { duration, bytes, percent, amount, count, times };

  it.each(Object.entries(formats))('%s', (_, textOf) => {
    const value = fc.double({ min: 1e-5, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(cellValue(textOf(less))!).toBeLessThanOrEqual(cellValue(textOf(more))!);
      }),
      { numRuns: 2_000 },
    );
  });
});
