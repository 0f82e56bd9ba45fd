import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTip } from '../../../src/page/tips/place-tip.js';

const view = { width: 375, height: 600 };
const tip = { width: 200, height: 60 };
const box = (left: number, top: number, width = 20, height = 10) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe('words stand', () => {
  it('above what they explain, in its middle', () => {
    expect(placeTip(box(170, 300), tip, view)).toEqual({ x: 80, y: 232 });
  });

  it('below it where there is no room above', () => {
    expect(placeTip(box(170, 20), tip, view).y).toBe(38);
  });

  it('within the window at both of its sides', () => {
    expect(placeTip(box(0, 300), tip, view).x).toBe(8);
    expect(placeTip(box(360, 300), tip, view).x).toBe(375 - 200 - 8);
  });
});

it('never cover what they explain while one side has room', () => {
  const size = fc.integer({ min: 1, max: 250 });
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 600 }), size, size, (top, height, tipHeight) => {
      const about = box(100, top, 30, height);
      const { y } = placeTip(about, { width: 200, height: tipHeight }, view);
      const hasRoom = about.top >= tipHeight + 16 || view.height - about.bottom >= tipHeight + 16;
      if (hasRoom) expect(y + tipHeight <= about.top || y >= about.bottom).toBe(true);
    }),
  );
});
