import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/stats/welch.js';

describe('compareRuns', () => {
  it('agrees with R on Student’s sleep data, t.test(extra ~ group)', () => {
    // Published output (R's help page of t.test): t = -1.8608, df = 17.776, p = 0.07939, interval -3.3654832 to 0.2054832.
    const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const found = compareRuns(a, b);
    expect(Math.log(found.ratio!)).toBeCloseTo(1.58, 12);
    expect(found.degreesOfFreedom).toBeCloseTo(17.776, 3);
    expect(found.p).toBeCloseTo(0.07939, 5);
    expect(Math.log(found.low!)).toBeCloseTo(-0.2054832, 7);
    expect(Math.log(found.high!)).toBeCloseTo(3.3654832, 7);
  });

  it('is Welch’s t-test with unequal sizes and variances, by hand', () => {
    // Means 2 and 5, variances 1 and 14/3: se² = 1/3 + 7/6 = 3/2, df = (9/4) ÷ (1/18 + 49/108) = 243/55.
    const found = compareRuns([1, 2, 3], [3, 4, 5, 8]);
    expect(found.ratio).toBeCloseTo(Math.exp(3), 9);
    expect(found.degreesOfFreedom).toBeCloseTo(243 / 55, 12);
    expect(found.low! * found.high!).toBeCloseTo(Math.exp(6), 6);
  });

  it('takes the noise of the other run alone where one has none', () => {
    // A one-sample t-test: se = 1/√3, 2 degrees of freedom, t = 4.302653.
    const found = compareRuns([0, 0, 0, 0, 0], [1, 2, 3]);
    expect(found.degreesOfFreedom).toBeCloseTo(2, 12);
    expect(Math.log(found.low!)).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 6);
    // P(|T₂| ≥ 2√3) = 1 − √(12 ÷ 14).
    expect(found.p).toBeCloseTo(1 - Math.sqrt(12 / 14), 9);
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

  it('is no narrower than a step that all forks have in common, and shows no difference within it', () => {
    const found = compareRuns([0, 0, 0], [0.01, 0.01, 0.01], 0.02);
    expect(Math.log(found.low!)).toBeCloseTo(-0.01, 12);
    expect(Math.log(found.high!)).toBeCloseTo(0.03, 12);
    expect(found.p).toBeGreaterThan(0.05);
    expect(compareRuns([1, 2, 3], [2, 3, 4], 0.02)).toEqual(compareRuns([1, 2, 3], [2, 3, 4]));
  });
});
