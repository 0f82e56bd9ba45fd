import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm } from '../../src/stats/holm.js';

it.each([
  [[], 0.05, []],
  [[0.05], 0.05, [true]],
  [[0.051], 0.05, [false]],
  // The textbook example: 0.005 ≤ α/4, 0.01 ≤ α/3, 0.03 > α/2, and then no more.
  [[0.01, 0.04, 0.03, 0.005], 0.05, [true, false, false, true]],
  [[0.04, 0.001, 0.02], 0.05, [true, true, true]],
  [[0.03, 0.03], 0.05, [false, false]],
])('rejects step by step: %j at %d', (pValues, alpha, expected) => {
  expect(holm(pValues, alpha)).toEqual(expected);
});

it('claims no more than without correction, no less than Bonferroni, and follows its hypotheses about', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(pValues, given => {
      const rejected = holm(given, 0.05);
      given.forEach((p, i) => {
        if (p > 0.05) expect(rejected[i]).toBe(false);
        if (p <= 0.05 / given.length) expect(rejected[i]).toBe(true);
      });
      const byP = (ps: readonly number[], claims: readonly boolean[]) =>
        ps.filter((_, i) => claims[i]).sort((a, b) => a - b);
      const reversed = given.toReversed();
      // Equal p values on the border may be told apart by their place: then none of the group is certain.
      if (new Set(given).size === given.length) {
        expect(byP(reversed, holm(reversed, 0.05))).toEqual(byP(given, rejected));
      }
    }),
  );
});
