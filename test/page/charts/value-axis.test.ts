import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logarithmicTicks, valueAxisOf } from '../../../src/page/charts/value-axis.js';
import { PLOT, zoomData } from '../../../src/report/html/charts/plot.js';
import { heightScale } from '../../../src/report/html/charts/scales.js';

const sides = { left: 40, right: 300 };
const heights = { from: PLOT.bottom, to: PLOT.top, mayBeLogarithmic: true };

describe.each([
  ['linear', [20, 90]],
  ['logarithmic', [0.4, 90]],
] as const)('a %s axis', (kind, values) => {
  const scale = heightScale(values, heights);
  const data = zoomData(scale, sides, 'duration');
  const axis = valueAxisOf(data['data-y'])!;

  it('is read as the report has written it', () => {
    expect(data['data-y']).toMatch(new RegExp(`^${kind} duration `));
    expect(data['data-plot']).toBe('40 8 300 236');
  });

  it('has each value where the report has drawn it', () => {
    fc.assert(
      fc.property(fc.double({ min: values[0], max: values[1], noNaN: true }), value => {
        expect(axis.heightOf(value)).toBeCloseTo(scale.of(value), 6);
        expect(axis.valueAt(axis.heightOf(value))).toBeCloseTo(value, 6);
      }),
    );
  });

  it('has ticks that are seen, in people’s units', () => {
    const ticks = axis.ticksWithin({ from: axis.heightOf(60), to: axis.heightOf(80) });
    expect(ticks).toEqual([60, 65, 70, 75, 80]);
    expect(ticks.map(axis.textOf)[0]).toBe('60 ms');
  });
});

it.each([
  '',
  'linear',
  'linear amount 0 236 x 8',
  'round amount 0 236 10 8',
  'logarithmic amount 0 236 10 8',
  'linear weight 0 236 10 8',
])('%j is no axis', text => {
  expect(valueAxisOf(text)).toBeNull();
});

describe('ticks', () => {
  it('are round', () => {
    expect(linearTicks(0.12, 0.48)).toEqual([0.2, 0.3, 0.4]);
    expect(linearTicks(1_090, 1_145)).toEqual([1_100, 1_120, 1_140]);
    expect(linearTicks(5, 5)).toEqual([]);
    expect(logarithmicTicks(0.09, 1_200)).toEqual([0.1, 1, 10, 100, 1_000]);
    expect(logarithmicTicks(0.9, 12)).toEqual([1, 2, 5, 10]);
    expect(logarithmicTicks(20, 30)).toEqual([20, 22, 24, 26, 28, 30]);
  });

  it('are a few, ascending, and within what is seen', () => {
    const value = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, fc.double({ min: 1.001, max: 1e6, noNaN: true }), (from, factor) => {
        for (const ticks of [linearTicks(from, from * factor), logarithmicTicks(from, from * factor)]) {
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThan(12);
          ticks.forEach((tick, at) => {
            expect(tick).toBeGreaterThanOrEqual(from * (1 - 1e-9));
            expect(tick).toBeLessThanOrEqual(from * factor * (1 + 1e-9));
            if (at > 0) expect(tick).toBeGreaterThan(ticks[at - 1]!);
          });
        }
      }),
    );
  });
});
