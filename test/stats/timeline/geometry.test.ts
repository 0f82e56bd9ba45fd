import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barWithin, geometryOf } from '../../../src/stats/timeline/geometry.js';

const tracksOf = (rows: readonly number[]) => {
  let firstRow = 0;
  return rows.map(count => {
    const track = { firstRow, rows: count };
    firstRow += count;
    return track;
  });
};

const blocks = fc.array(
  fc.record({
    tracks: fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 40 }).map(tracksOf),
    hasWaiting: fc.boolean(),
    hasBusy: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('the geometry', () => {
  it('puts one thing below the other, and every row on one line', () => {
    fc.assert(
      fc.property(blocks, specs => {
        const { blocks: placed, axisTop, height } = geometryOf(specs);
        let y = 0;
        const next = (top: number, bottom: number) => {
          expect(top).toBeGreaterThanOrEqual(y);
          expect(bottom).toBeGreaterThan(top);
          y = bottom;
        };
        placed.forEach((block, at) => {
          next(block.top, block.top + 20);
          if (block.waiting !== null) next(block.waiting.top, block.waiting.top + block.waiting.height);
          block.tracks.forEach((track, index) => {
            next(track.top, track.top + track.height);
            const rows = track.lines.flatMap(line =>
              Array.from({ length: line.rows }, (_, row) => line.firstRow + row),
            );
            const spec = specs[at]!.tracks[index]!;
            expect(rows).toEqual(Array.from({ length: spec.rows }, (_, row) => spec.firstRow + row));
            expect(track.lineHeight * track.lines.length).toBeCloseTo(track.height, 6);
            expect(track.lineHeight).toBeGreaterThanOrEqual(1);
          });
          if (block.busy !== null) next(block.busy.top, block.busy.top + block.busy.height);
          expect(block.bottom).toBeGreaterThanOrEqual(y);
        });
        expect(axisTop).toBeGreaterThanOrEqual(y);
        expect(height).toBeGreaterThan(axisTop);
      }),
    );
  });

  it('keeps ten thousand rows, and sixty workers, to a page', () => {
    const spec = (rows: readonly number[]) => ({ tracks: tracksOf(rows), hasWaiting: true, hasBusy: true });
    expect(geometryOf([spec([10_000])]).height).toBeLessThan(360);
    expect(geometryOf([spec(Array(60).fill(1))]).height).toBeLessThan(450);
  });

  it('has a label for each track, or one for all where they are many', () => {
    const labelled = (workers: number) => {
      const spec = { tracks: tracksOf(Array(workers).fill(1)), hasWaiting: false, hasBusy: false };
      return geometryOf([spec]).blocks[0]!;
    };
    expect(labelled(8).sharedBaseline).toBeNull();
    expect(labelled(9).sharedBaseline).not.toBeNull();
    expect(labelled(9).tracks.every(({ labelBaseline }) => labelBaseline === null)).toBe(true);
  });

  it('keeps bars within their line', () => {
    for (const lineHeight of [1, 2, 3, 5, 8, 12]) {
      const { offset, height } = barWithin(lineHeight);
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(height).toBeGreaterThanOrEqual(1);
      expect(offset + height).toBeLessThanOrEqual(lineHeight);
    }
  });
});
