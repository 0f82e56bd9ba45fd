import { count, duration, moment } from '../../report/format.js';
import { taskWords } from '../../report/words/timeline.js';
import type { Span } from '../../stats/timeline/layout.js';
import type { Hit } from './hit.js';
import { factsOf, type Model, type TaskRef } from './model.js';

export const HINT =
  'Rest the pointer on a bar, or press Tab and the arrow keys, to see a task. Drag to move; + and −, a double click, a pinch, or the wheel (after a click, or with Ctrl) to zoom; 0 shows all. Where rows are lower than a bar wants to be, Shift with up and down, or Alt and the wheel, makes them taller and lower.';
export const CANNOT =
  'This browser cannot unpack the data of the timeline: the picture stays as it is, without zoom.';

export function labelOf(model: Model): string {
  const names = model.blocks.map(({ data }) => data.executor).join(', ');
  return `Timeline of ${count(model.tasks)} tasks: ${names}. Arrow keys go from task to task, plus and minus zoom.`;
}

/** On a button. */
export function firstWords(ms: number): string {
  return `The first ${duration(ms)}`;
}

export function rangeWords({ fromMs, toMs }: Span, wholeMs: number): string {
  if (fromMs <= 0 && toMs >= wholeMs) return `all of ${duration(wholeMs)}`;
  return `${moment(fromMs)} to ${moment(toMs)} of ${duration(wholeMs)}`;
}

export function linesOfTask(model: Model, task: TaskRef): string[] {
  return taskWords(factsOf(model, task));
}

export function linesOfHit(model: Model, hit: Hit): string[] {
  if (hit.kind === 'task') return linesOfTask(model, hit.task);
  const { executor } = model.blocks[hit.block]!.data;
  if (hit.kind === 'waiting')
    return [`${executor}, at ${moment(hit.atMs)}`, `${count(hit.tasks)} not started yet`];
  return [
    `main loop of ${executor}`,
    `busy from ${moment(hit.fromMs)} to ${moment(hit.toMs)}: ${duration(hit.toMs - hit.fromMs)}`,
  ];
}
