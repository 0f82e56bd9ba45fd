import { expect, it } from 'vitest';
import { enlargedMs } from '../../../src/stats/timeline/enlarged.js';

it('those are enlarged that are short beside the longest, all of them to one scale', () => {
  expect(enlargedMs([5_200, 148, 157])).toBe(157);
  expect(enlargedMs([100, 90])).toBeNull();
  expect(enlargedMs([100])).toBeNull();
  expect(enlargedMs([100, 0])).toBeNull();
});
