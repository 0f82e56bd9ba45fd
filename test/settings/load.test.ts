import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLoad, sweepRates } from '../../src/settings/load.js';

const parse = (text: string) =>
  checkLoad(
    text,
    expected => {
      throw new Error(expected);
    },
    'load',
  );

test.each([
  ['batch', { kind: 'batch' }],
  ['rate=500/s', { kind: 'rate', arrivals: 'constant', rates: [500] }],
  ['rate=0.5/s', { kind: 'rate', arrivals: 'constant', rates: [0.5] }],
  ['rate=600/m', { kind: 'rate', arrivals: 'constant', rates: [10] }],
  ['rate=1e3/s,poisson', { kind: 'rate', arrivals: 'poisson', rates: [1_000] }],
  ['rate = 500/s', null],
  ['rate=100,50,100/s', { kind: 'rate', arrivals: 'constant', rates: [50, 100] }],
  ['rate=100..2000/s', { kind: 'rate', arrivals: 'constant', rates: [100, 180, 330, 600, 1100, 2000] }],
  ['rate=100..400/s:3, poisson', { kind: 'rate', arrivals: 'poisson', rates: [100, 200, 400] }],
  ['rate=1..2..3/s', null],
  ['rate=x/s', null],
  ['rate=/s', null],
  ['rate=5/s,sometimes', null],
  ['', null],
])('%s', (text, expected) => {
  if (expected === null) expect(() => parse(text)).toThrow();
  else expect(parse(text)).toEqual(expected);
});

test('a sweep ascends from one end to the other, both as they are', () => {
  const rate = fc.integer({ min: 1, max: 999_999 });
  fc.assert(
    fc.property(rate, rate, fc.integer({ min: 2, max: 50 }), (a, b, points) => {
      fc.pre(a !== b);
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const rates = sweepRates(low, high, points);
      expect([rates[0], rates.at(-1)]).toEqual([low, high]);
      expect(rates.length).toBeLessThanOrEqual(points);
      for (let at = 1; at < rates.length; at++) expect(rates[at]!).toBeGreaterThan(rates[at - 1]!);
    }),
  );
});
