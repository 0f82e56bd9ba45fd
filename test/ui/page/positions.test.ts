import { describe, expect, it } from 'vitest';
import { FAILED } from '../../../src/tasks/recorder.js';
import {
  courseOf,
  doneAt,
  idealShareAt,
  placesAt,
  shareAt,
  spansOf,
} from '../../../src/ui/page/race/positions.js';
import { tableOf } from '../../support/task-tables.js';

const table = tableOf([
  { startedMs: 0, ranMs: 10, deliveryMs: 5 },
  { startedMs: 0, ranMs: 30 },
  { startedMs: 10, ranMs: 10, outcome: FAILED },
  { startedMs: 20, ranMs: 20 },
]);
const course = courseOf(table, 40, 200);

describe('the course of a trial', () => {
  it('counts results when they are delivered, failures never', () => {
    expect([0, 14.9, 15, 30, 40].map(ms => doneAt(course, ms))).toEqual([0, 0, 1, 2, 3]);
  });

  it('is at the finish when the trial is over, whatever became of its tasks', () => {
    expect(shareAt(course, 39)).toBe(0.5);
    expect(shareAt(course, 40)).toBe(1);
  });

  it('has a shadow that goes at the pace of the ideal', () => {
    expect(course.idealMs).toBe(20);
    expect([0, 10, 40].map(ms => idealShareAt(course, ms))).toEqual([0, 0.5, 1]);
    expect(idealShareAt(courseOf(table, 40, null), 10)).toBeNull();
  });

  it('has a place when it is over, the same one for who ends at the same time', () => {
    const courses = [60, 40, 60, 20].map(wallMs => ({ ...course, wallMs }));
    expect(placesAt(courses, 40)).toEqual([null, 2, null, 1]);
    expect(placesAt(courses, 60)).toEqual([3, 2, 3, 1]);
  });
});

it('the parts of the time that are worth a look: all of it, and what is short beside that, and so on', () => {
  expect(spansOf([13_000, 2_500, 80])).toEqual([13_000, 2_500, 80]);
  expect(spansOf([100, 120, 90])).toEqual([120]);
});
