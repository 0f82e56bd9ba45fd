import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Trace } from '../../src/schema/index.js';
import { packTasks, type TaskTable, unitMsOf } from '../../src/stats/packed-tasks.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../src/tasks/recorder.js';

/** One task, in ms after the start of its trial. */
export interface TaskRow {
  readonly queuedMs?: number;
  readonly startedMs: number;
  readonly ranMs: number;
  readonly deliveryMs?: number;
  readonly worker?: number;
  readonly outcome?: number;
}

export function tableOf(rows: readonly TaskRow[]): TaskTable {
  const times = (of: (row: TaskRow) => number) =>
    Float64Array.from(rows, row => (row.outcome === NOT_STARTED ? Number.NaN : of(row)));
  return {
    queuedMs: Float64Array.from(rows, ({ queuedMs = 0 }) => queuedMs),
    startedMs: times(({ startedMs }) => startedMs),
    finishedMs: times(({ startedMs, ranMs }) => startedMs + ranMs),
    deliveredMs: times(({ startedMs, ranMs, deliveryMs = 0 }) => startedMs + ranMs + deliveryMs),
    worker: Uint16Array.from(rows, ({ worker = 0 }) => worker),
    outcome: Uint8Array.from(rows, ({ outcome = COMPLETED }) => outcome),
  };
}

/** Whole milliseconds, so that tasks touch, and some that take no time. */
export const taskRow: fc.Arbitrary<TaskRow> = fc.record({
  queuedMs: fc.integer({ min: 0, max: 5 }),
  startedMs: fc.integer({ min: 5, max: 40 }),
  ranMs: fc.integer({ min: 0, max: 20 }),
  deliveryMs: fc.integer({ min: 0, max: 10 }),
  worker: fc.integer({ min: 0, max: 2 }),
  outcome: fc.constantFrom(NOT_STARTED, COMPLETED, COMPLETED, FAILED, CANCELLED),
});

/** A trial with all of its tasks, as results have it. */
export function recordedTrace(rows: readonly TaskRow[], more: Partial<Trace> = {}): Trace {
  const table = tableOf(rows);
  const wallMs = more.wallMs ?? Math.max(0, ...table.deliveredMs.filter(ms => !Number.isNaN(ms)));
  const unitMs = unitMsOf(wallMs);
  const data = gzipSync(packTasks(table, unitMs)).toString('base64');
  const workers = [...new Set(table.worker)].sort((a, b) => a - b);
  return {
    wallMs,
    tasks: rows.length,
    tracks: workers.map(worker => ({
      worker,
      tasks: rows.filter(row => (row.worker ?? 0) === worker).length,
      inFlight: [1, 1],
    })),
    first: [],
    arrived: [],
    all: { tasks: rows.length, unitMs, data },
    ...more,
  };
}
