import { describe, expect, it } from 'vitest';
import { backlogByQuarter, isGrowing } from '../../src/trial/backlog.js';

const everyMs = (tasks: number, gapMs: number) => Float64Array.from({ length: tasks }, (_, at) => at * gapMs);

describe('backlogByQuarter', () => {
  it('is rate × time in the system where all tasks take as long (Little)', () => {
    const dueMs = everyMs(1_001, 1);
    const quarters = backlogByQuarter(
      dueMs,
      dueMs.map(due => due + 10),
    );
    // The first quarter has its ramp: 10 ms, on average half full, of 250.
    expect(quarters.map(tasks => Number(tasks.toFixed(6)))).toEqual([9.82, 10, 10, 10]);
  });

  it('counts what never ended to the end of the schedule', () => {
    const dueMs = everyMs(5, 1);
    expect(backlogByQuarter(dueMs, new Float64Array(5).fill(Number.POSITIVE_INFINITY))).toEqual([1, 2, 3, 4]);
  });

  it('is empty for no task, and for a schedule without length', () => {
    expect(backlogByQuarter(new Float64Array(0), new Float64Array(0))).toEqual([0, 0, 0, 0]);
    expect(backlogByQuarter(new Float64Array(1), Float64Array.of(5))).toEqual([0, 0, 0, 0]);
  });

  it('is that of an overloaded executor: 1,000/s due, 800/s done', () => {
    const dueMs = everyMs(1_001, 1);
    const quarters = backlogByQuarter(
      dueMs,
      dueMs.map(due => due * 1.25),
    );
    // It grows by a fifth of what arrives: 25, 75, 125, 175 in the middles of the quarters.
    for (const [at, tasks] of quarters.entries()) expect(Math.abs(tasks - (25 + 50 * at))).toBeLessThan(1);
    expect(isGrowing(quarters, 1_001, 'constant')).toBe(true);
  });
});

describe('isGrowing', () => {
  it.each([
    ['steady', [9, 10, 10, 10], 1_000, 'constant', false],
    ['a stall in the last quarter', [10, 10, 10, 130], 1_000, 'constant', false],
    ['a stall in the third quarter', [10, 10, 130, 12], 1_000, 'constant', false],
    ['connections being opened in the first', [200, 12, 11, 10], 1_000, 'constant', false],
    ['growth of 5 % of what arrives', [10, 25, 37, 50], 1_000, 'constant', true],
    ['growth of 1 % of what arrives', [10, 12, 14, 17], 1_000, 'constant', false],
    ['what chance does to Poisson arrivals', [10, 20, 45, 70], 1_000, 'poisson', false],
    ['more than chance does', [10, 40, 90, 140], 1_000, 'poisson', true],
    ['a few tasks', [0, 1, 2, 3], 20, 'constant', false],
  ] as const)('%s', (_, quarters, due, arrivals, growing) => {
    expect(isGrowing(quarters, due, arrivals)).toBe(growing);
  });
});
