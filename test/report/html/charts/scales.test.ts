import { describe, expect, it } from 'vitest';
import { heightScale, lengthScale, placeScale, tickText } from '../../../../src/report/html/charts/scales.js';

const down = { from: 200, to: 0, mayBeLogarithmic: true };

describe('lengths', () => {
  it('begin at 0 and end at a round value that has room for all', () => {
    const scale = lengthScale(1_098, 0, 400, 4);
    expect(scale.ticks).toEqual([0, 200, 400, 600, 800, 1_000, 1_200]);
    expect([scale.of(0), scale.of(1_200)]).toEqual([0, 400]);
  });

  it('of nothing are a scale too', () => {
    expect(lengthScale(0, 0, 400, 4).of(0)).toBe(0);
  });
});

describe('heights', () => {
  it('begin at 0 while values are near each other', () => {
    const scale = heightScale([10, 90], down);
    expect([scale.ticks[0], scale.of(0)]).toEqual([0, 200]);
  });

  it('are logarithmic where they are far apart, with powers as ticks, if that is allowed', () => {
    const scale = heightScale([0.4, 90], down);
    expect(scale.ticks).toEqual([0.1, 1, 10, 100]);
    expect([scale.of(0.1), scale.of(100)]).toEqual([200, 0]);
    expect(scale.of(1) - scale.of(10)).toBeCloseTo(scale.of(10) - scale.of(100));
    expect(heightScale([0.4, 90], { ...down, mayBeLogarithmic: false }).ticks[0]).toBe(0);
  });

  it('of nothing that is above 0 are a scale too', () => {
    expect(Number.isFinite(heightScale([0], down).of(0))).toBe(true);
  });
});

describe('places', () => {
  it('lie evenly where the steps between them are alike', () => {
    expect([1, 2, 3].map(placeScale([1, 2, 3], 0, 100))).toEqual([0, 50, 100]);
  });

  it('lie by their logarithm where steps grow, unless one of them has none', () => {
    expect(placeScale([1, 10, 100], 0, 100)(10)).toBeCloseTo(50);
    expect(placeScale([0, 10, 100], 0, 100)(10)).toBeCloseTo(10);
  });
});

it('ticks have people’s units without digits that nobody gave', () => {
  const texts = [0, 0.05, 2.5, 40, 1_500].map(value => tickText('durationMs', value));
  expect(texts).toEqual(['0', '50 µs', '2.5 ms', '40 ms', '1.5 s']);
  expect([0, 0.2 + 0.1, 1.2].map(value => tickText('share', value))).toEqual(['0 %', '30 %', '120 %']);
  expect(tickText('perSecond', 12_000)).toBe('12,000');
});
