import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import {
  packTasks,
  TASK_OUTCOMES,
  type TaskTable,
  unitMsOf,
  unpackTasks,
} from '../../src/stats/packed-tasks.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED, STARTED } from '../../src/tasks/recorder.js';

interface Row {
  readonly queued: number;
  readonly waited: number;
  readonly ran: number;
  readonly delivery: number;
  readonly worker: number;
  readonly outcome: number;
}

function tableOf(rows: readonly Row[]): TaskTable {
  const times = (of: (row: Row) => number) =>
    Float64Array.from(rows, row => (row.outcome === NOT_STARTED ? Number.NaN : of(row)));
  return {
    queuedMs: Float64Array.from(rows, ({ queued }) => queued),
    startedMs: times(({ queued, waited }) => queued + waited),
    finishedMs: times(({ queued, waited, ran }) => queued + waited + ran),
    deliveredMs: times(({ queued, waited, ran, delivery }) => queued + waited + ran + delivery),
    worker: Uint16Array.from(rows, ({ worker }) => worker),
    outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
  };
}

const ms = fc.double({ min: 0, max: 60_000, noNaN: true });
const row = fc.record({
  queued: ms,
  waited: ms,
  ran: ms,
  delivery: ms,
  worker: fc.integer({ min: 0, max: 65_535 }),
  outcome: fc.constantFrom(NOT_STARTED, COMPLETED, FAILED, CANCELLED),
});

describe('packed tasks', () => {
  it('have the codes of a recorder', () => {
    expect([NOT_STARTED, STARTED, COMPLETED, FAILED, CANCELLED].map(code => TASK_OUTCOMES[code])).toEqual(
      TASK_OUTCOMES,
    );
  });

  it('are the same again, to a unit', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 50 }), rows => {
        const table = tableOf(rows);
        const unitMs = unitMsOf(240_000);
        const found = unpackTasks(packTasks(table, unitMs), rows.length, unitMs);
        expect(found.worker).toEqual(table.worker);
        expect(found.outcome).toEqual(table.outcome);
        for (const name of ['queuedMs', 'startedMs', 'finishedMs', 'deliveredMs'] as const) {
          found[name].forEach((value, index) => {
            if (Number.isNaN(table[name][index])) expect(value).toBeNaN();
            else expect(Math.abs(value - table[name][index]!)).toBeLessThanOrEqual(1.01 * unitMs);
          });
        }
      }),
    );
  });

  it('take 50,000 tasks to a picture in less than 300 kB', () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 50_000 }, (_, index): Row => {
      const waited = 0.02 * index + random.next();
      const ran = 10 + 2 * random.next();
      return { queued: 0, waited, ran, delivery: random.next() / 10, worker: index % 4, outcome: COMPLETED };
    });
    const packed = gzipSync(packTasks(tableOf(rows), unitMsOf(1_000)));
    expect(packed.toString('base64').length).toBeLessThan(300_000);
  });

  it('refuse bytes of another number of tasks', () => {
    expect(() => unpackTasks(new Uint8Array(20), 1, 1)).toThrow('expected 19 bytes of 1 tasks, got 20');
  });

  it.each([
    [1_000, 1e-3],
    [60_000, 0.1],
    [0.5, 1e-6],
    [1e12, 1],
  ])('a trial of %d ms is told in units of %d ms', (wallMs, unitMs) => {
    expect(unitMsOf(wallMs)).toBeCloseTo(unitMs, 12);
  });
});
