import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, panned, showing, zoomed } from '../../../src/page/timeline/view.js';

const WHOLE = { fromMs: 0, toMs: 100 };
const view = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 1e-3, max: 100, noNaN: true }))
  .map(([share, length]) => ({ fromMs: share * (100 - length), toMs: share * (100 - length) + length }));

const isWithin = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) =>
  fromMs >= -1e-9 && toMs <= 100 + 1e-9 && toMs > fromMs;

it('zooming keeps what is looked at where it is, and all within the trial', () => {
  expect(zoomed(WHOLE, WHOLE, 0.5, 20)).toEqual({ fromMs: 10, toMs: 60 });
  expect(zoomed({ fromMs: 10, toMs: 60 }, WHOLE, Number.POSITIVE_INFINITY, 0)).toEqual(WHOLE);
  fc.assert(
    fc.property(
      view,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (one, factor, share) => {
        const about = one.fromMs + share * (one.toMs - one.fromMs);
        const next = zoomed(one, WHOLE, factor, about);
        expect(isWithin(next)).toBe(true);
        expect(next.toMs - next.fromMs).toBeCloseTo(
          Math.min(100, Math.max(1e-4, (one.toMs - one.fromMs) * factor)),
          6,
        );
        const isAtEdge = next.fromMs < 1e-6 || next.toMs > 100 - 1e-6;
        if (!isAtEdge) expect((about - next.fromMs) / (next.toMs - next.fromMs)).toBeCloseTo(share, 4);
      },
    ),
  );
});

it('panning stops at the ends', () => {
  expect(panned({ fromMs: 10, toMs: 30 }, WHOLE, 15)).toEqual({ fromMs: 25, toMs: 45 });
  expect(panned({ fromMs: 10, toMs: 30 }, WHOLE, -15)).toEqual({ fromMs: 0, toMs: 20 });
  expect(panned({ fromMs: 10, toMs: 30 }, WHOLE, 500)).toEqual({ fromMs: 80, toMs: 100 });
});

it('a task is shown whole, the view moved as little as that takes', () => {
  const one = { fromMs: 10, toMs: 30 };
  expect(showing(one, WHOLE, { fromMs: 15, toMs: 20 })).toEqual(one);
  expect(showing(one, WHOLE, { fromMs: 40, toMs: 42 })).toEqual({ fromMs: 24, toMs: 44 });
  fc.assert(
    fc.property(view, view, (seen, task) => {
      const next = showing(seen, WHOLE, task);
      expect(isWithin(next)).toBe(true);
      expect(next.fromMs).toBeLessThanOrEqual(task.fromMs + 1e-6);
      expect(next.toMs).toBeGreaterThanOrEqual(task.toMs - 1e-6);
    }),
  );
});

it('a glide begins and ends where it should', () => {
  const [from, to] = [WHOLE, { fromMs: 40, toMs: 60 }];
  expect([0, 1].map(share => between(from, to, share))).toEqual([from, to]);
});
