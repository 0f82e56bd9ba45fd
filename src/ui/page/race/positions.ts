import { TASK_OUTCOMES, type TaskTable } from '../../../stats/packed-tasks.js';
import { enlargedMs } from '../../../stats/timeline/enlarged.js';
import { firstAbove } from '../../../stats/timeline/search.js';

/** A part of the time that is worth a look of its own: all of it, and what is short beside that, and beside that again. */
export function spansOf(wallsMs: readonly number[]): number[] {
  const longestMs = Math.max(...wallsMs);
  const shortMs = enlargedMs(wallsMs);
  if (shortMs === null) return [longestMs];
  return [longestMs, ...spansOf(wallsMs.filter(ms => ms <= shortMs))];
}

/** When the results of a trial were there, ascending. */
export interface Course {
  readonly endsMs: Float64Array;
  readonly tasks: number;
  readonly wallMs: number;
  /** What no executor of this shape can exceed; null: unknown. */
  readonly idealMs: number | null;
}

const COMPLETED = TASK_OUTCOMES.indexOf('completed');

export function courseOf(
  { outcome, deliveredMs, finishedMs }: TaskTable,
  wallMs: number,
  idealPerSecond: number | null,
): Course {
  const ends: number[] = [];
  for (let task = 0; task < outcome.length; task++) {
    if (outcome[task] !== COMPLETED) continue;
    const delivered = deliveredMs[task]!;
    ends.push(Number.isNaN(delivered) ? finishedMs[task]! : delivered);
  }
  const tasks = outcome.length;
  const idealMs = idealPerSecond === null || idealPerSecond <= 0 ? null : (1_000 * tasks) / idealPerSecond;
  return { endsMs: Float64Array.from(ends).sort(), tasks, wallMs, idealMs };
}

/** How many results are there at that moment. */
export function doneAt({ endsMs }: Course, atMs: number): number {
  return firstAbove(endsMs, atMs, 0, endsMs.length);
}

/** From 0 to 1. A trial that is over is at the finish, whatever became of its tasks. */
export function shareAt(course: Course, atMs: number): number {
  if (isOver(course, atMs)) return 1;
  return course.tasks === 0 ? 0 : doneAt(course, atMs) / course.tasks;
}

/** The ideal goes at one pace; null: it is unknown. */
export function idealShareAt({ idealMs }: Course, atMs: number): number | null {
  return idealMs === null ? null : Math.min(1, atMs / idealMs);
}

export function isOver({ wallMs }: Course, atMs: number): boolean {
  return atMs >= wallMs;
}

/** From 1, those that are over at that moment; null: still running. Who ends at the same time has the same place. */
export function placesAt(courses: readonly Course[], atMs: number): (number | null)[] {
  return courses.map(course =>
    isOver(course, atMs) ? 1 + courses.filter(({ wallMs }) => wallMs < course.wallMs).length : null,
  );
}
