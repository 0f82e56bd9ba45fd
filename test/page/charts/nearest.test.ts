import { expect, it } from 'vitest';
import { nearestTo } from '../../../src/page/charts/nearest.js';

const boxes = [
  { left: 0, top: 0, right: 100, bottom: 20 },
  { left: 40, top: 0, right: 60, bottom: 20 },
  { left: 0, top: 40, right: 10, bottom: 50 },
];

it('what is pointed at is the smallest box around the point, else the nearest within reach', () => {
  expect(nearestTo(10, 10, boxes, 10)).toBe(0);
  expect(nearestTo(50, 10, boxes, 10)).toBe(1);
  expect(nearestTo(5, 35, boxes, 10)).toBe(2);
  expect(nearestTo(100, 45, boxes, 10)).toBeNull();
  expect(nearestTo(100, 45, boxes, 100)).toBe(0);
  expect(nearestTo(0, 0, [], 10)).toBeNull();
});
