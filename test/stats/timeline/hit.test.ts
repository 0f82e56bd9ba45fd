import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWithin, edgesOf } from '../../../src/stats/timeline/coverage.js';
import { placeAt, placeInLine } from '../../../src/stats/timeline/hit.js';
import { layTrial, NO_PLACE } from '../../../src/stats/timeline/layout.js';
import { tableOf, taskRow } from '../../support/task-tables.js';

const layouts = fc.array(taskRow, { maxLength: 40 }).map(rows => layTrial(tableOf(rows), 70));
const moment = fc.double({ min: 0, max: 80, noNaN: true });

it('the task at a moment is the one that is nearest, of all of its row', () => {
  fc.assert(
    fc.property(layouts, moment, fc.double({ min: 0, max: 3, noNaN: true }), (layout, atMs, withinMs) => {
      const { rowStart, startedMs, endedMs } = layout;
      for (let row = 0; row < layout.rows; row++) {
        const places = Array.from(
          { length: rowStart[row + 1]! - rowStart[row]! },
          (_, at) => rowStart[row]! + at,
        );
        const farness = (place: number) => Math.max(0, startedMs[place]! - atMs, atMs - endedMs[place]!);
        const least = Math.min(...places.map(farness));
        const found = placeAt(layout, row, atMs, withinMs);
        if (least > withinMs) expect(found).toBe(NO_PLACE);
        else {
          expect(places).toContain(found);
          expect(farness(found)).toBe(least);
        }
      }
    }),
  );
});

it('in a line of many rows it is one of the row at that height, or of the next that has one', () => {
  const layout = layTrial(
    tableOf([
      { startedMs: 0, ranMs: 10 },
      { startedMs: 1, ranMs: 1 },
      { startedMs: 2, ranMs: 10 },
      { startedMs: 3, ranMs: 10 },
    ]),
    20,
  );
  expect(layout.rows).toBe(3);
  const line = { firstRow: 0, rows: 3 };
  const taskAt = (share: number, atMs: number) => layout.index[placeInLine(layout, line, share, atMs, 0)];
  expect([0.1, 0.5, 0.9].map(share => taskAt(share, 8))).toEqual([0, 2, 3]);
  expect(taskAt(0.9, 1.5)).toBe(0);
  expect(placeInLine(layout, line, 0.5, 19, 1)).toBe(NO_PLACE);
});

it('tasks within a time are counted as one would one by one', () => {
  fc.assert(
    fc.property(layouts, moment, fc.nat(20), (layout, fromMs, lengthMs) => {
      const toMs = fromMs + lengthMs;
      const one = layout.index.filter(
        (_, place) => layout.endedMs[place]! >= fromMs && layout.startedMs[place]! <= toMs,
      );
      expect(countWithin(edgesOf(layout, { firstRow: 0, rows: layout.rows }), { fromMs, toMs })).toBe(
        one.length,
      );
    }),
  );
});
