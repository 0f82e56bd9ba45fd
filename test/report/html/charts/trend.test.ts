import { describe, expect, it } from 'vitest';
import { ratioScale } from '../../../../src/report/html/charts/ratio-scale.js';
import { SPAN, timeAxis } from '../../../../src/report/html/charts/time-axis.js';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 5);
const at = (...days: readonly number[]) => days.map(day => ({ atMs: START_MS + day * DAY_MS }));

describe('the axis of time', () => {
  it('is to scale, from end to end', () => {
    const axis = timeAxis(at(0, 1, 4));
    const [first, second, last] = at(0, 1, 4).map(({ atMs }) => axis.x(atMs));
    expect(axis.isEven).toBe(false);
    expect(first).toBeGreaterThan(SPAN.left);
    expect(last).toBeLessThan(SPAN.right);
    expect((second! - first!) / (last! - first!)).toBeCloseTo(0.25, 9);
    expect(axis.ticks[0]!.label).toBe('2026-01-05');
  });

  it('has one run in its middle', () => {
    const [point] = at(3);
    expect(timeAxis([point!]).x(point!.atMs)).toBeCloseTo((SPAN.left + SPAN.right + 4) / 2, 0);
  });

  it('puts runs in their order where most would hide each other, and only there', () => {
    const clumped = at(...Array.from({ length: 20 }, (_, run) => run / 100), 30);
    const axis = timeAxis(clumped);
    expect(axis.isEven).toBe(true);
    const places = clumped.map(({ atMs }) => axis.x(atMs));
    const steps = places.slice(1).map((place, run) => place - places[run]!);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-9);
    expect(timeAxis(at(...Array.from({ length: 500 }, (_, run) => run))).isEven).toBe(false);
  });

  it('tells seconds where runs are so near', () => {
    const labels = timeAxis(at(0, 0.0002, 0.0004)).ticks.map(({ label }) => label);
    expect(labels[0]).toMatch(/^00:00:\d\d$/);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('the scale of ratios', () => {
  it('has halves as far from 1 as doubles, and room at both ends', () => {
    const { of } = ratioScale([0.5, 2], 0, 100);
    expect(of(1)).toBeCloseTo(50, 9);
    expect(of(0.5)).toBeGreaterThan(0);
    expect(of(2)).toBeLessThan(100);
  });

  it.each([[[1.8]], [[1, 1.001]], [[0.9, 1.1]], [[1, 56]], [[0.01, 1_000]]])(
    'of %j has ticks within it',
    values => {
      const { ticks, of } = ratioScale(values, 0, 100);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(9);
      for (const tick of ticks) {
        expect(of(tick)).toBeGreaterThanOrEqual(-1e-6);
        expect(of(tick)).toBeLessThanOrEqual(100 + 1e-6);
      }
    },
  );
});
