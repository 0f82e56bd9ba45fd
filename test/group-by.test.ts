import { expect, it } from 'vitest';
import { groupBy } from '../src/group-by.js';

it('keeps the order of keys and of values', () => {
  const groups = groupBy([3, 1, 4, 5, 2], value => value % 2);
  expect([...groups]).toEqual([
    [1, [3, 1, 5]],
    [0, [4, 2]],
  ]);
  expect(groupBy([], String).size).toBe(0);
});
