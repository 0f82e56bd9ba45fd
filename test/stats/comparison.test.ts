import fc from 'fast-check';
import { sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { compareForks, estimateForks } from '../../src/stats/comparison.js';
import { tQuantile } from '../../src/stats/student-t.js';

const logRatio = fc.integer({ min: -1_000, max: 1_000 }).map(thousandths => thousandths / 1_000);
const forks = fc.array(fc.array(logRatio, { minLength: 1, maxLength: 7 }), { minLength: 3, maxLength: 12 });

describe('compareForks', () => {
  it('is Student’s t on the forks’ trimmed means', () => {
    const five = [[0.1, 0.1, 0.9], [0.2], [0.15, 0.15], [0.05], [0.25, 0.25, -9]];
    const centers = [0.1, 0.2, 0.15, 0.05, 0.25];
    const standardError = sampleStandardDeviation(centers) / Math.sqrt(5);
    for (const [confidence, p] of [
      ['stopping', 0.985],
      ['fixed', 0.975],
    ] as const) {
      const found = compareForks(five, confidence);
      const halfWidth = tQuantile(p, 4) * standardError;
      expect(found.ratio).toBeCloseTo(Math.exp(0.15), 12);
      expect(found.low).toBeCloseTo(Math.exp(0.15 - halfWidth), 12);
      expect(found.high).toBeCloseTo(Math.exp(0.15 + halfWidth), 12);
      expect(found.halfWidthLog).toBeCloseTo(halfWidth, 12);
      expect(found.forkLogRatios).toEqual(centers);
      expect(found.forks).toBe(5);
    }
  });

  it('gives a range and no interval to one or two forks', () => {
    const two = compareForks([[Math.log(2)], [Math.log(8)]], 'fixed');
    expect(two.ratio).toBeCloseTo(4, 12);
    expect(two.range?.map(Math.round)).toEqual([2, 8]);
    expect(two).toMatchObject({ low: null, high: null, p: null, halfWidthLog: null, forks: 2 });
    expect(compareForks([[0]], 'stopping')).toMatchObject({ ratio: 1, range: [1, 1], low: null, p: null });
  });

  it('is all null where no fork has a ratio', () => {
    const nothing = { ratio: null, low: null, high: null, range: null, forks: 0, p: null };
    expect(compareForks([], 'fixed')).toMatchObject(nothing);
    expect(compareForks([[], [Number.NaN], [Number.NEGATIVE_INFINITY]], 'fixed')).toMatchObject(nothing);
  });

  it('skips empty forks and values that are not finite', () => {
    fc.assert(
      fc.property(forks, given => {
        const holed = [[], ...given.map(fork => [...fork, Number.NaN]), [Number.POSITIVE_INFINITY]];
        expect(compareForks(holed, 'stopping')).toEqual(compareForks(given, 'stopping'));
      }),
    );
  });

  it('has no NaN where all forks agree', () => {
    const same = (x: number) => compareForks(new Array<number[]>(6).fill([x]), 'stopping');
    expect(same(0)).toMatchObject({ ratio: 1, low: 1, high: 1, p: 1, halfWidthLog: 0 });
    expect(same(0.1)).toMatchObject({ ratio: Math.exp(0.1), p: 0, halfWidthLog: 0 });
    expect(same(0.1).low).toBe(same(0.1).high);
  });

  it('has 1 inside the interval exactly where p is above the level of the interval', () => {
    fc.assert(
      fc.property(forks, given => {
        for (const [confidence, level] of [
          ['stopping', 0.03],
          ['fixed', 0.05],
        ] as const) {
          const { low, high, p } = compareForks(given, confidence);
          if (Math.abs(p! - level) < 1e-9) return;
          expect(low! <= 1 && 1 <= high!).toBe(p! > level);
        }
      }),
    );
  });

  it('turns round when the executors change places, whatever the order of rounds and forks', () => {
    fc.assert(
      fc.property(forks, given => {
        const there = compareForks(given, 'stopping');
        const back = compareForks(given.map(fork => fork.map(x => -x).reverse()).reverse(), 'stopping');
        expect(back.ratio! * there.ratio!).toBeCloseTo(1, 9);
        expect(back.low! * there.high!).toBeCloseTo(1, 9);
        expect(back.p).toBeCloseTo(there.p!, 9);
        expect(there.ratio!).toBeGreaterThanOrEqual(there.range![0] - 1e-12);
        expect(there.ratio!).toBeLessThanOrEqual(there.range![1] + 1e-12);
      }),
    );
  });
});

describe('equalWithinLog', () => {
  it('is the farther end of the t(0.975) interval, whatever interval is shown', () => {
    // Mean 0.15, sd √0.00625, five forks: t(0.975, 4) = 2.776445.
    const five = [[0.1], [0.2], [0.15], [0.05], [0.25]];
    const expected = 0.15 + 2.776445 * Math.sqrt(0.00625 / 5);
    for (const confidence of ['stopping', 'fixed'] as const) {
      expect(compareForks(five, confidence).equalWithinLog).toBeCloseTo(expected, 6);
      const slower = five.map(([x]) => [-x!]);
      expect(compareForks(slower, confidence).equalWithinLog).toBeCloseTo(expected, 6);
    }
  });

  it('holds both ends of the fixed interval, and one of them exactly', () => {
    fc.assert(
      fc.property(forks, given => {
        const { low, high, equalWithinLog } = compareForks(given, 'fixed');
        const reach = Math.max(Math.abs(Math.log(low!)), Math.abs(Math.log(high!)));
        expect(equalWithinLog).toBeCloseTo(reach, 9);
      }),
    );
  });

  it('is unknown below three forks, and the bare difference without noise', () => {
    expect(compareForks([[0], [0]], 'fixed').equalWithinLog).toBeNull();
    expect(compareForks([], 'fixed').equalWithinLog).toBeNull();
    expect(compareForks([[-0.1], [-0.1], [-0.1]], 'fixed').equalWithinLog).toBeCloseTo(0.1, 12);
  });
});

describe('estimateForks', () => {
  it('is the same method on values', () => {
    fc.assert(
      fc.property(forks, given => {
        const { ratio, low, high } = compareForks(given, 'stopping');
        expect(estimateForks(given, 'stopping')).toEqual({ median: ratio, low, high });
      }),
    );
  });

  it('has no interval below three forks, and nothing of nothing', () => {
    expect(estimateForks([[0], [0]], 'fixed')).toEqual({ median: 1, low: null, high: null });
    expect(estimateForks([], 'fixed')).toEqual({ median: null, low: null, high: null });
  });
});
