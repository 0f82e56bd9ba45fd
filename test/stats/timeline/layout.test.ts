import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackTasks } from '../../../src/stats/packed-tasks.js';
import { hasFailed, layTrial, placesWithin, rowAt, segmentsAt } from '../../../src/stats/timeline/layout.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED, STARTED } from '../../../src/tasks/recorder.js';
import { tableOf, taskRow } from '../../support/task-tables.js';

const rowsOfTable = fc.array(taskRow, { maxLength: 40 });
const WALL_MS = 70;

describe('a layout', () => {
  it('has every started task at one place, on the track of its worker, and no two of a row at once', () => {
    fc.assert(
      fc.property(rowsOfTable, rows => {
        const table = tableOf(rows);
        const { index, tracks, rowStart, startedMs, endedMs } = layTrial(table, WALL_MS);
        const started = rows.flatMap(({ outcome }, task) => (outcome === NOT_STARTED ? [] : [task]));
        expect([...index].sort((a, b) => a - b)).toEqual(started);
        rows.forEach((_, task) => {
          const place = index.indexOf(task);
          if (started.includes(task)) expect(index[place]).toBe(task);
          else expect(place).toBe(-1);
        });
        for (const { worker, firstRow, rows: count, tasks } of tracks) {
          const places = [...index.subarray(rowStart[firstRow], rowStart[firstRow + count])];
          expect(places).toHaveLength(tasks);
          expect(places.every(task => table.worker[task] === worker)).toBe(true);
        }
        for (let row = 0; row + 1 < rowStart.length; row++)
          for (let place = rowStart[row]! + 1; place < rowStart[row + 1]!; place++)
            expect(startedMs[place]).toBeGreaterThanOrEqual(endedMs[place - 1]!);
      }),
    );
  });

  it('finds what is within a time, and whose row a place is', () => {
    fc.assert(
      fc.property(rowsOfTable, fc.integer({ max: 70 }), fc.nat({ max: 30 }), (rows, fromMs, lengthMs) => {
        const layout = layTrial(tableOf(rows), WALL_MS);
        const span = { fromMs, toMs: fromMs + lengthMs };
        for (let row = 0; row < layout.rows; row++) {
          const [from, to] = placesWithin(layout, row, span);
          for (let place = layout.rowStart[row]!; place < layout.rowStart[row + 1]!; place++) {
            const isWithin = layout.endedMs[place]! >= span.fromMs && layout.startedMs[place]! <= span.toMs;
            expect(place >= from && place < to).toBe(isWithin);
            expect(rowAt(layout, place)).toBe(row);
          }
        }
      }),
    );
  });

  it('draws waiting and delivery where their row is free', () => {
    const layout = layTrial(
      tableOf([
        { startedMs: 10, ranMs: 10, deliveryMs: 20 },
        { queuedMs: 5, startedMs: 25, ranMs: 5, deliveryMs: 1 },
        { queuedMs: 28, startedMs: 40, ranMs: 5 },
      ]),
      50,
    );
    expect([0, 1, 2].map(place => segmentsAt(layout, place, 0))).toEqual([
      { waitingMs: 0, startedMs: 10, endedMs: 20, deliveredMs: 25 },
      { waitingMs: 20, startedMs: 25, endedMs: 30, deliveredMs: 31 },
      { waitingMs: 30, startedMs: 40, endedMs: 45, deliveredMs: 45 },
    ]);
  });

  it('lets a task that never ended run until the trial did', () => {
    const layout = layTrial(tableOf([{ startedMs: 10, ranMs: 0, outcome: STARTED }]), 50);
    expect([...layout.endedMs]).toEqual([50]);
  });

  it('knows which have failed', () => {
    const outcomes = [NOT_STARTED, STARTED, COMPLETED, FAILED, CANCELLED];
    const table = tableOf(outcomes.map(outcome => ({ startedMs: 0, ranMs: 1, outcome })));
    expect(outcomes.map((_, task) => hasFailed(table, task))).toEqual([false, false, false, true, true]);
  });

  it('of no task is empty', () => {
    const layout = layTrial(unpackTasks(new Uint8Array(), 0, 1), 0);
    expect([layout.tracks, layout.rows]).toEqual([[], 0]);
  });
});
