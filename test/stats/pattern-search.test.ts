import { expect, it } from 'vitest';
import { patternSearch } from '../../src/stats/pattern-search.js';

it('finds the least of a bowl that is not along its axes', () => {
  const bowl = ([x, y]: readonly number[]) => (x! - 3) ** 2 + (y! + 1) ** 2 + (x! - 3) * (y! + 1);
  const [x, y] = patternSearch([0, 0], [1, 1], bowl);
  expect(x).toBeCloseTo(3, 2);
  expect(y).toBeCloseTo(-1, 2);
});

it('of a function with an edge too', () => {
  const [x] = patternSearch([10], [4], ([value]) => Math.abs(value! - 1.5));
  expect(x).toBeCloseTo(1.5, 2);
});

it('a start that is the least stays', () => {
  expect(patternSearch([2, 2], [1, 1], ([x, y]) => Math.abs(x! - 2) + Math.abs(y! - 2))).toEqual([2, 2]);
});
