import { area, line } from 'd3-shape';
import { describe, expect, it } from 'vitest';
import {
  cornersOf,
  heightAt,
  heightsWithin,
  mappingOf,
  movedPath,
} from '../../../src/page/charts/geometry.js';

const points: [number, number][] = [
  [0, 100],
  [50, 20.25],
  [100, 60],
];
const corners = points.map(([x, y]) => ({ x, y }));
const path = line().digits(2)(points)!;

describe('a path as the report draws it', () => {
  it('is read', () => {
    expect(cornersOf(path)).toEqual(corners);
    const band = area<[number, number]>()
      .x(([x]) => x)
      .y0(([, y]) => y - 5)
      .y1(([, y]) => y + 5)
      .digits(2)(points)!;
    expect(cornersOf(band)).toHaveLength(6);
  });

  it('is moved corner by corner, and stays the kind of path that it is', () => {
    const moved = movedPath(path, { x: mappingOf({ from: 0, to: 50 }, { from: 0, to: 100 }), y: y => y + 1 });
    expect(moved).toBe('M0.00,101.00L100.00,21.25L200.00,61.00');
    expect(cornersOf(movedPath('M1,2Z', { x: x => x, y: y => -y }))).toEqual([{ x: 1, y: -2 }]);
  });
});

it('a line is known between its corners, and nowhere else', () => {
  expect([0, 25, 50, 75, 100].map(x => heightAt(corners, x))).toEqual([100, 60.125, 20.25, 40.125, 60]);
  expect([-1, 101].map(x => heightAt(corners, x))).toEqual([null, null]);
  expect(heightAt([], 3)).toBeNull();
});

describe('what is seen between two places', () => {
  it('is corners, and where lines come in and go out', () => {
    expect(heightsWithin([corners], { from: 25, to: 75 })).toEqual({ from: 20.25, to: 60.125 });
    expect(heightsWithin([corners], { from: 60, to: 70 })).toEqual({ from: 28.2, to: 36.15 });
  });

  it('is both sides of a band', () => {
    const band = [...corners, ...corners.map(({ x, y }) => ({ x, y: y + 30 })).reverse()];
    expect(heightsWithin([band], { from: 60, to: 70 })).toEqual({ from: 28.2, to: 66.15 });
  });

  it('may be nothing', () => {
    expect(heightsWithin([corners], { from: 200, to: 300 })).toBeNull();
  });
});
