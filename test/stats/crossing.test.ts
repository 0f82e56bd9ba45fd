import { describe, expect, it } from 'vitest';
import { type AxisRatio, crossing } from '../../src/stats/crossing.js';

const point = (x: number, ratio: number, share = 0.02): AxisRatio => ({
  x,
  ratio,
  low: ratio / (1 + share),
  high: ratio * (1 + share),
});

describe('crossing', () => {
  it('interpolates ln(ratio) between the neighbours', () => {
    expect(crossing([point(1, 0.5), point(3, 2)])).toEqual({ x: 2, between: [1, 3] });
    const uneven = crossing([point(0, 0.5), point(1, 0.8), point(5, 1.25), point(10, 1.9)]);
    expect(uneven?.x).toBeCloseTo(3, 12);
    expect(uneven?.between).toEqual([1, 5]);
  });

  it('works in both directions, and puts points in order', () => {
    expect(crossing([point(1, 2), point(3, 0.5)])).toEqual({ x: 2, between: [1, 3] });
    expect(crossing([point(3, 2), point(1, 0.5)])).toEqual({ x: 2, between: [1, 3] });
  });

  it('starts from a point that includes 1', () => {
    expect(crossing([point(1, 0.99), point(2, 1.5)])?.between).toEqual([1, 2]);
    expect(crossing([point(1, 1.01), point(2, 1.5)])).toEqual({ x: 1, between: [1, 2] });
  });

  it.each([
    ['noise around 1', [point(1, 0.99), point(2, 1.01), point(3, 0.995)]],
    ['losing, then even', [point(1, 0.5), point(2, 1.01)]],
    ['always won', [point(1, 1.5), point(2, 2)]],
    ['one lucky point', [point(1, 1), point(2, 1.03), point(3, 1)]],
    ['won, lost, won', [point(1, 1.5), point(2, 0.5), point(3, 1.5)]],
    ['one point', [point(1, 0.5)]],
    ['nothing', []],
  ])('is null for %s', (_, points) => {
    expect(crossing(points)).toBeNull();
  });

  it('leaves out points without an interval', () => {
    const bare = { x: 2, ratio: 1.2, low: null, high: null };
    expect(crossing([point(1, 0.5), bare, point(3, 2)])).toEqual({ x: 2, between: [1, 3] });
    expect(crossing([point(1, 0.5), bare])).toBeNull();
  });
});
