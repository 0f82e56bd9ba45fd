import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tQuantile } from '../../src/stats/student-t.js';
import { compareRuns } from '../../src/stats/welch.js';

describe('compareRuns', () => {
  it('is Welch’s t-test: the example of unequal variances, by hand', () => {
    // Means 2 and 5; variances 1 and 4; n = 3 and 4: se² = 1/3 + 1 = 4/3, df = (16/9) ÷ (1/9/2 + 1/3) = 32/7.
    const a = [1, 2, 3];
    const b = [3, 4, 5, 8];
    const squares = (b.reduce((sum, x) => sum + (x - 5) ** 2, 0) / 3 / 4) as number;
    expect(squares).toBeCloseTo(14 / 12, 12);
    const variance = 1 / 3 + 14 / 12;
    const degreesOfFreedom = variance ** 2 / ((1 / 3) ** 2 / 2 + (14 / 12) ** 2 / 3);
    const found = compareRuns(a, b);
    expect(found.ratio).toBeCloseTo(Math.exp(3), 9);
    expect(found.degreesOfFreedom).toBeCloseTo(degreesOfFreedom, 12);
    const reach = tQuantile(0.975, degreesOfFreedom) * Math.sqrt(variance);
    expect(Math.log(found.low!)).toBeCloseTo(3 - reach, 9);
    expect(Math.log(found.high!)).toBeCloseTo(3 + reach, 9);
    // The p at which the interval would just touch 1 is the p of the test.
    expect(Math.abs(3) / Math.sqrt(variance)).toBeCloseTo(tQuantile(1 - found.p! / 2, degreesOfFreedom), 6);
  });

  it('is Student’s t where sizes and variances are equal', () => {
    expect(compareRuns([1, 2, 3, 4], [2, 3, 4, 5]).degreesOfFreedom).toBeCloseTo(6, 12);
  });

  it('turns round with the order of the runs', () => {
    const run = fc.array(
      fc.integer({ min: -500, max: 500 }).map(x => x / 1_000),
      { minLength: 3, maxLength: 12 },
    );
    fc.assert(
      fc.property(run, run, (a, b) => {
        const there = compareRuns(a, b);
        const back = compareRuns(b, a);
        expect(back.ratio).toBeCloseTo(1 / there.ratio!, 9);
        expect(back.low).toBeCloseTo(1 / there.high!, 9);
        expect(back.p).toBeCloseTo(there.p!, 9);
        expect(there.low! <= there.ratio! * (1 + 1e-12) && there.ratio! <= there.high! * (1 + 1e-12)).toBe(
          true,
        );
      }),
    );
  });

  it('has a ratio and no interval below three forks, nothing without any, no NaN where all agree', () => {
    expect(compareRuns([0.1, 0.2], [0.3, 0.3, 0.3])).toMatchObject({ low: null, high: null, p: null });
    expect(compareRuns([0.1, 0.2], [0.3, 0.3, 0.3]).ratio).toBeCloseTo(Math.exp(0.15), 12);
    expect(compareRuns([], [1, 2, 3]).ratio).toBeNull();
    expect(compareRuns([1, 1, 1], [1, 1, 1])).toMatchObject({ ratio: 1, low: 1, high: 1, p: 1 });
    expect(compareRuns([0, 0, 0], [1, 1, 1]).p).toBe(0);
  });
});
