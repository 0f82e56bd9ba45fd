import { describe, expect, test } from 'vitest';
import { choose } from '../../bench/self/choose.js';
import { type Check, judge } from '../../bench/self/support/check.js';
import { formatBound, formatFinding, formatRate, formatValue } from '../../bench/self/support/format.js';
import { interleave, medianOf, medianRatio } from '../../bench/self/support/pairs.js';
import { renderFindings } from '../../bench/self/support/table.js';

const finding = {
  measured: 'ours',
  baseline: 'theirs',
  value: 1.04,
  unit: '×',
  bound: { atMost: 1.05 },
  note: '1 and 2 µs',
} as const;

describe('judge', () => {
  test.each([
    [1, { atMost: 1 }, 'ok'],
    [1.001, { atMost: 1 }, 'MISSED'],
    [15, { atLeast: 15 }, 'ok'],
    [14.9, { atLeast: 15 }, 'MISSED'],
    [7, null, ''],
    [Number.NaN, { atMost: 1 }, 'MISSED'],
    [Number.NaN, { atLeast: 1 }, 'MISSED'],
  ] as const)('%d within %o: %s', (value, bound, verdict) => {
    expect(judge({ value, bound })).toBe(verdict);
  });
});

describe('pairs', () => {
  test('sides take turns in being first, and pairs stay pairs', async () => {
    const order: string[] = [];
    const side = (name: string) => {
      let n = 0;
      return async () => {
        order.push(name);
        return `${name}${n++}`;
      };
    };
    const pairs = await interleave(3, side('a'), side('b'));
    expect(order.join('')).toBe('abbaab');
    expect(pairs).toEqual([
      ['a0', 'b0'],
      ['a1', 'b1'],
      ['a2', 'b2'],
    ]);
  });

  test('the median is of ratios within pairs, not a ratio of medians', () => {
    const pairs = [
      [1, 1],
      [2, 4],
      [9, 3],
      [8, 2],
      [5, 10],
    ] as const;
    expect(medianRatio(pairs)).toBe(1);
  });

  test('no pairs have no median', () => {
    expect(medianOf([], Number)).toBeNaN();
  });
});

describe('choose', () => {
  const checks: Check[] = ['a', 'b', 'c'].map(name => ({ name, summary: '', run: async () => {} }));
  const names = (chosen: readonly Check[]) => chosen.map(({ name }) => name).join('');

  test('all without names, else the named ones in their own order', () => {
    expect(names(choose(checks, []))).toBe('abc');
    expect(names(choose(checks, ['c', 'a']))).toBe('ac');
  });

  test('an unknown name is a usage error', () => {
    expect(() => choose(checks, ['x'])).toThrow(/one of a, b, c/);
  });
});

describe('text', () => {
  test('values, bounds and rates', () => {
    expect(formatValue(0.2254, 'µs')).toBe('0.225 µs');
    expect(formatValue(27.31, '×')).toBe('27.3 ×');
    expect(formatValue(219.6, 'MB')).toBe('220 MB');
    expect(formatBound({ atLeast: 15 }, '×')).toBe('≥ 15 ×');
    expect(formatBound(null, 'ms')).toBe('');
    expect(formatRate(1_280_000)).toBe('1.28 M/s');
    expect(formatRate(61_400)).toBe('61 k/s');
  });

  test('a line has what was measured, against what, the ratio, the bound and the verdict', () => {
    expect(formatFinding('http', finding, 'ok')).toBe(
      'http: ours against theirs: 1.04 × (≤ 1.05 ×) ok · 1 and 2 µs',
    );
  });

  test('the table has a line per finding', () => {
    const [heading, line] = renderFindings([{ check: 'http', ...finding, verdict: 'ok' }], 120);
    expect(heading).toMatch(/^measured +baseline +value +bound/);
    expect(line).toMatch(/^ours +theirs +1\.04 × +≤ 1\.05 × +ok +1 and 2 µs$/);
  });
});
