import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { following, isWhole, panned, selected, zoomed } from '../../../src/page/charts/range.js';

const whole = { from: 40, to: 340 };

describe('zoom', () => {
  it('keeps what it is about where it is', () => {
    expect(zoomed(whole, whole, 2, 140)).toEqual({ from: 90, to: 240 });
    expect(zoomed({ from: 90, to: 240 }, whole, 0.5, 140)).toEqual(whole);
  });

  it('ends at the whole axis, and where there is no more to see', () => {
    expect(isWhole(zoomed(whole, whole, 0.1, 140), whole)).toBe(true);
    const closest = zoomed(whole, whole, 1e9, 140);
    expect(closest.to - closest.from).toBeCloseTo(300 / 24);
  });

  it('takes what was framed in either direction, but not less than can be looked at', () => {
    expect(selected(200, 100, whole)).toEqual({ from: 100, to: 200 });
    const least = selected(100, 101, whole);
    expect(least.to - least.from).toBeCloseTo(300 / 24);
    expect(selected(-100, 100, whole).from).toBe(40);
  });
});

it('moves aside by a share of what is seen, and stops at the ends', () => {
  const range = { from: 100, to: 200 };
  expect(panned(range, whole, 0.25)).toEqual({ from: 125, to: 225 });
  expect(panned(range, whole, -5)).toEqual({ from: 40, to: 140 });
});

it('follows what is told no further than it must', () => {
  const range = { from: 100, to: 200 };
  expect(following(range, whole, 150)).toEqual(range);
  expect(following(range, whole, 230)).toEqual({ from: 140, to: 240 });
  expect(following(range, whole, 40)).toEqual({ from: 40, to: 140 });
});

it('whatever is done, a part of the axis is seen', () => {
  const number = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  const act = fc.oneof(
    fc.tuple(fc.constant('zoom'), fc.double({ min: 0.01, max: 100, noNaN: true }), number),
    fc.tuple(fc.constant('pan'), number, number),
    fc.tuple(fc.constant('select'), number, number),
    fc.tuple(fc.constant('follow'), number, number),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), acts => {
      let range = whole;
      for (const [what, a, b] of acts) {
        if (what === 'zoom') range = zoomed(range, whole, a, b);
        else if (what === 'pan') range = panned(range, whole, a);
        else range = what === 'select' ? selected(a, b, whole) : following(range, whole, a);
        expect(range.to - range.from).toBeGreaterThan(12);
        expect(range.from).toBeGreaterThanOrEqual(whole.from - 1e-6);
        expect(range.to).toBeLessThanOrEqual(whole.to + 1e-6);
      }
    }),
  );
});
