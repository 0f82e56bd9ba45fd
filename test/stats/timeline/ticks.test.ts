import fc from 'fast-check';
import { expect, it } from 'vitest';
import { momentTick } from '../../../src/report/format.js';
import { ticksWithin } from '../../../src/stats/timeline/ticks.js';

it('ticks are round, within their span, and about as many as wanted', () => {
  expect(ticksWithin(0, 57, 4)).toEqual({ values: [0, 20, 40], step: 20 });
  expect(ticksWithin(12.5, 13.1, 5).values.map(value => momentTick(value, 0.2))).toEqual([
    '12.6 ms',
    '12.8 ms',
    '13 ms',
  ]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (from, length, wanted) => {
        const { values, step } = ticksWithin(from, from + length, wanted);
        expect(values.length).toBeLessThanOrEqual(wanted + 1);
        expect(values.length).toBeGreaterThanOrEqual(Math.floor(wanted / 2.6));
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - step * 1e-6);
          expect(value).toBeLessThanOrEqual(from + length + step * 1e-6);
        }
      },
    ),
  );
});
