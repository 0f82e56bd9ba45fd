import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layRows } from '../../../src/stats/timeline/rows.js';

type Pair = readonly [start: number, end: number];

const pair = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 6 }))
  .map(([start, length]): Pair => [start, start + length]);

const lay = (pairs: readonly Pair[], gap?: number) =>
  layRows(
    Float64Array.from(pairs, ([start]) => start),
    Float64Array.from(pairs, ([, end]) => end),
    gap,
  );

const overlaps = (a: Pair, b: Pair) => a[0] < b[1] && b[0] < a[1];

/** Tries every way to spread them over so many rows. */
function fits(pairs: readonly Pair[], rows: number, laid: readonly Pair[][] = []): boolean {
  const [next, ...others] = pairs;
  if (next === undefined) return true;
  const choices = laid.length < rows ? [...laid, []] : laid;
  return choices.some((row, at) => {
    if (row.some(other => overlaps(other, next))) return false;
    return fits(
      others,
      rows,
      choices.map((one, place) => (place === at ? [...one, next] : one)),
    );
  });
}

describe('rows', () => {
  it('have no overlap, and are as few as can be', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 7 }), pairs => {
        const { rows, rowOf } = lay(pairs);
        pairs.forEach((one, a) => {
          pairs.slice(0, a).forEach((other, b) => {
            if (rowOf[a] === rowOf[b]) expect(overlaps(one, other)).toBe(false);
          });
        });
        expect([...rowOf].every(row => row < rows)).toBe(true);
        expect(fits(pairs, rows)).toBe(true);
        if (rows > 0) expect(fits(pairs, rows - 1)).toBe(false);
      }),
    );
  });

  it('fill from the top', () => {
    const { rowOf } = lay([
      [0, 10],
      [0, 4],
      [0, 6],
      [5, 7],
      [6, 8],
    ]);
    // The longest of those that begin together is laid last.
    expect([...rowOf]).toEqual([2, 0, 1, 0, 1]);
  });

  it('keep the gap that is asked for', () => {
    const pairs: Pair[] = [
      [0, 4],
      [4, 6],
    ];
    expect(lay(pairs).rows).toBe(1);
    expect(lay(pairs, 1).rows).toBe(2);
  });

  it('of ten thousand at once are as many, and soon there', () => {
    const pairs = Array.from({ length: 10_000 }, (_, at): Pair => [at / 10_000, 10 + at / 10_000]);
    expect(lay(pairs).rows).toBe(10_000);
  });
});
