import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeLabels } from '../../../../src/report/html/charts/place-labels.js';

const bounds = { from: 10, to: 230 };
const at = (ys: readonly number[]) =>
  placeLabels(
    ys.map(y => ({ y })),
    bounds,
  );

it('leaves labels where they are while they do not overlap', () => {
  expect(at([200, 20, 100]).placed.map(({ y }) => y)).toEqual([20, 100, 200]);
});

it('moves those apart that would, and keeps their order', () => {
  expect(at([100, 101]).placed.map(({ label, y }) => [label.y, y])).toEqual([
    [100, 100],
    [101, 115],
  ]);
});

it('keeps a line of text between any two, and all in bounds; says whom it left out', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 400 }), { maxLength: 40 }), ys => {
      const { placed, leftOut } = at(ys);
      expect(placed.length + leftOut.length).toBe(ys.length);
      placed.forEach(({ y }, index) => {
        expect(y).toBeGreaterThanOrEqual(bounds.from);
        expect(y).toBeLessThanOrEqual(bounds.to);
        if (index > 0) expect(y - placed[index - 1]!.y).toBeGreaterThanOrEqual(15);
      });
      if (leftOut.length > 0) expect(placed.length).toBeGreaterThan(10);
    }),
  );
});
