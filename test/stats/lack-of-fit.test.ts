import { expect, test } from 'vitest';
import { lackOfFit } from '../../src/stats/lack-of-fit.js';

const CURVE = [0, 0.1, 0.2, 0.3, 0.4];
/** Two forks that differ by a level of their own and by 1 % at each point. */
const forks = (more: readonly number[]) =>
  [0.5, -0.5].map((level, fork) =>
    CURVE.map((log, at) => log + level + more[at]! + (fork === at % 2 ? 0.01 : -0.01)),
  );

test('what lies on the curve fits, whatever level a fork has', () => {
  expect(lackOfFit(forks([0, 0, 0, 0, 0]), CURVE, 2)).toBeNull();
});

test('a point far off is named with how far', () => {
  const found = lackOfFit(forks([0, 0, 0.2, 0, 0]), CURVE, 2);
  expect(found).toEqual({ at: 2, share: expect.closeTo(Math.expm1(0.2), 6) });
});

test('less than 5 % is no news, however surely it is known', () => {
  const exact = [CURVE, CURVE].map(curve => curve.map((log, at) => log + (at === 1 ? 0.04 : 0)));
  expect(lackOfFit(exact, CURVE, 2)).toBeNull();
  const farther = [CURVE, CURVE].map(curve => curve.map((log, at) => log + (at === 1 ? 0.06 : 0)));
  expect(lackOfFit(farther, CURVE, 2)).toMatchObject({ at: 1 });
});

test('one fork, or as many parameters as points, tells nothing', () => {
  expect(lackOfFit([CURVE.map(log => log + 1)], CURVE, 2)).toBeNull();
  expect(lackOfFit(forks([0, 0, 0.2, 0, 0]), CURVE, 5)).toBeNull();
});
