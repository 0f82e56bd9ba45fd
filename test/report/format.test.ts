import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  bytes,
  count,
  duration,
  exactNumber,
  milliseconds,
  moment,
  momentTick,
  percent,
  ratioInterval,
  times,
} from '../../src/report/format.js';

describe('milliseconds', () => {
  it.each([
    [0, '0 ms'],
    [0.02, '0.02 ms'],
    [0.0783, '0.078 ms'],
    [1.613, '1.6 ms'],
    [25, '25 ms'],
    [123.4, '123 ms'],
  ])('%s is %s', (ms, text) => expect(milliseconds(ms)).toBe(text));
});

describe('moments', () => {
  it.each([
    [0, '0 ms'],
    [0.0123456, '12.346 µs'],
    [12.3456, '12.346 ms'],
    [329.3349, '329.33 ms'],
    [14_980.3, '14.98 s'],
    [Number.NaN, '–'],
  ])('%s is %s', (ms, text) => expect(moment(ms)).toBe(text));

  it('as ticks have digits enough to tell neighbours apart', () => {
    expect([12, 12.001, 12.002].map(ms => momentTick(ms, 0.001))).toEqual([
      '12 ms',
      '12.001 ms',
      '12.002 ms',
    ]);
    expect([0, 20, 1_500].map(ms => momentTick(ms, 20))).toEqual(['0', '20 ms', '1.5 s']);
  });
});

describe('duration', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.00023, '0.23 µs'],
    [0.0412, '41 µs'],
    [0.9996, '1.0 ms'],
    [5.06, '5.1 ms'],
    [9.96, '10 ms'],
    [57.2, '57 ms'],
    [254, '254 ms'],
    [999.6, '1.0 s'],
    [2_100, '2.1 s'],
    [61_200, '61 s'],
    [180_000, '3.0 min'],
    [9_000_000, '2.5 h'],
  ])('%s ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
});

describe('numbers', () => {
  it.each([
    [null, '–'],
    [0, '0'],
    [0.2, '0.20'],
    [3.41, '3.4'],
    [9.96, '10'],
    [20.4, '20'],
    [1_120.4, '1,120'],
    [1_923_456, '1,923,456'],
  ])('amount %s is %s', (value, text) => expect(amount(value)).toBe(text));

  it('writes chosen numbers as they were given', () => {
    expect([0.5, 16, 2.25, 1_000].map(exactNumber)).toEqual(['0.5', '16', '2.25', '1,000']);
    expect(count(6_000)).toBe('6,000');
  });
});

describe('percent', () => {
  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.003, '0.3 %'],
    [0.0184, '1.8 %'],
    [0.57, '57 %'],
    [0.994, '99 %'],
    [0.998, '99.8 %'],
    [0.9999, '>99.9 %'],
    [1, '100 %'],
    [1.03, '103 %'],
  ])('%s is %s', (share, text) => expect(percent(share)).toBe(text));
});

describe('bytes', () => {
  it.each([
    [null, '–'],
    [640, '640 B'],
    [9_400_000, '9.4 MB'],
    [999_600, '1.0 MB'],
    [38_200_000, '38 MB'],
    [1_200_000_000, '1.2 GB'],
  ])('%s is %s', (value, text) => expect(bytes(value)).toBe(text));
});

describe('ratios', () => {
  it.each([
    [null, '–'],
    [0.99, '0.99×'],
    [1.934, '1.93×'],
    [56.04, '56×'],
    [1_234, '1,234×'],
    [0.0004, '0.0004×'],
  ])('%s is %s', (ratio, text) => expect(times(ratio)).toBe(text));

  it.each([
    [56.1, 55.1, 57.1, '56 [55, 57]'],
    [0.99, 0.97, 1.01, '0.99 [0.97, 1.01]'],
    [1.9, 1.8, 2.0, '1.9 [1.8, 2.0]'],
    [1.01, 1.0021, 1.0179, '1.010 [1.002, 1.018]'],
    [1.3, 1.003, 1.6, '1.300 [1.003, 1.600]'],
    [1, 1, 1, '1.00 [1.00, 1.00]'],
    [2_000, 1_800, 2_200, '2,000 [1,800, 2,200]'],
    [0.95, 0.3, 3, '1.0 [0.3, 3.0]'],
    [0.29, 0.03, 2.8, '0.29 [0.03, 2.80]'],
    [1, 0.05, 20, '1.00 [0.05, 20.00]'],
    [1, 1e-7, 1e7, '1.00000 [<0.00001, 10,000,000.00000]'],
  ])('%s with [%s, %s] is %s', (ratio, low, high, text) => {
    const { value, interval } = ratioInterval(ratio, low, high);
    expect(`${value} ${interval}`).toBe(text);
  });

  it('never prints a bound as 0', () => {
    const bounds = fc.tuple(
      fc.double({ min: 1e-12, max: 5, noNaN: true }),
      fc.double({ min: 1, max: 1e9, noNaN: true }),
    );
    fc.assert(
      fc.property(bounds, ([low, width]) => {
        const { value, interval } = ratioInterval(low * Math.sqrt(width), low, low * width);
        for (const text of [value, ...interval.slice(1, -1).split(', ')])
          expect(Number(text.replace('<', '').replaceAll(',', ''))).toBeGreaterThan(0);
      }),
    );
  });

  it('never lets an interval that excludes 1 look as if it did not, and tells its ends apart', () => {
    const bounds = fc.tuple(
      fc.double({ min: 1.0001, max: 500, noNaN: true }),
      fc.double({ min: 0.001, max: 2, noNaN: true }),
    );
    fc.assert(
      fc.property(bounds, ([low, width]) => {
        const high = low * (1 + width);
        const { interval } = ratioInterval(Math.sqrt(low * high), low, high);
        const [from, to] = interval
          .slice(1, -1)
          .split(/, /)
          .map(text => Number(text.replaceAll(',', '')));
        expect(from).toBeGreaterThan(1);
        expect(to).toBeGreaterThan(from!);
      }),
    );
  });
});
