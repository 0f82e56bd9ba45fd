import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Step, stepFrom } from '../../../src/page/charts/step.js';

/** Two lines of three points; the second is above the first at its end. */
const lines = [
  { series: 0, x: 0, y: 10 },
  { series: 0, x: 50, y: 30 },
  { series: 0, x: 100, y: 80 },
  { series: 1, x: 0, y: 20 },
  { series: 1, x: 50, y: 40 },
  { series: 1, x: 100, y: 60 },
];
const way = (from: number, ...steps: readonly Step[]) =>
  steps.reduce((at, step) => stepFrom(lines, at, step), from);

describe('arrow keys', () => {
  it('go along a line and stop at its ends', () => {
    expect([
      way(0, 'right'),
      way(0, 'right', 'right', 'right'),
      way(0, 'left'),
      way(2, 'first'),
      way(3, 'last'),
    ]).toEqual([1, 2, 0, 0, 5]);
  });

  it('go to the line that is below or above at that place', () => {
    expect([way(0, 'down'), way(0, 'up'), way(3, 'up'), way(2, 'up'), way(5, 'down')]).toEqual([
      3, 0, 0, 5, 2,
    ]);
  });

  it('go from row to row where rows have parts of different widths', () => {
    const rows = [
      { series: 0, x: 10, y: 0 },
      { series: 0, x: 90, y: 0 },
      { series: 1, x: 40, y: 20 },
      { series: 1, x: 80, y: 20 },
    ];
    expect([stepFrom(rows, 0, 'down'), stepFrom(rows, 1, 'down'), stepFrom(rows, 2, 'up')]).toEqual([
      2, 3, 0,
    ]);
  });
});

it('up and down come to each of several lines that lie on each other', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 8 }), heights => {
      const places = heights.map((y, series) => ({ series, x: 0, y }));
      const top = places.reduce((at, _) => stepFrom(places, at, 'up'), 0);
      const seen = new Set([top]);
      let at = top;
      for (const _ of places) {
        at = stepFrom(places, at, 'down');
        seen.add(at);
      }
      expect(seen.size).toBe(places.length);
    }),
  );
});
