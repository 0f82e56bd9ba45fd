import type { ExecutorResult, ScenarioResult, Trace, TraceLane } from '../../schema/index.js';
import { count, duration } from '../format.js';
import { padEnd, truncate, widthOf } from '../text.js';
import { type ExecutorFamily, familyOf, nameOf } from '../words/labels.js';
import type { Paint } from './paint.js';

/** As many in flight as at most anywhere is a full block; one alone is its lowest part. */
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const NOTHING = ' ';
/** Less than this of a task in a cell is not drawn. */
const VISIBLE = 0.05;
const MOST_LANES = 8;
const NARROWEST_PLOT = 20;
const LONGEST_NAME = 20;

interface Line {
  readonly name: string;
  readonly worker: string;
  readonly lane: TraceLane;
  readonly wallMs: number;
  readonly family: ExecutorFamily;
  /** Said instead of a lane: `… and 3 more`. */
  readonly says: string;
}

/** What the workers of each executor did in one trial, over the same time: a line a worker. */
export function timelineLines({ executors }: ScenarioResult, width: number, paint: Paint): string[] {
  const lines = executors.flatMap(executor =>
    executor.trace === null ? [] : linesOf(executor, executor.trace),
  );
  if (lines.length === 0) return [];
  const longestMs = Math.max(...lines.map(({ wallMs }) => wallMs));
  const most = Math.max(1, ...lines.flatMap(({ lane }) => lane.inFlight));
  const names = Math.max(...lines.map(({ name }) => widthOf(name)));
  const workers = Math.max(...lines.map(({ worker }) => widthOf(worker)));
  const says = Math.max(...lines.map(one => widthOf(one.says)));
  const plot = width - names - workers - says - 6;
  if (plot < NARROWEST_PLOT) return [];
  return [
    paint.quiet(
      truncate(
        `one trial each, 0 to ${duration(longestMs)}; ▁ a task at a time, █ ${count(Math.round(most))}`,
        width,
      ),
    ),
    ...lines.map(line => {
      const drawn = draw(line, plot, longestMs, most);
      return `${padEnd(line.name, names)} ${paint.quiet(padEnd(line.worker, workers))} ${paint.quiet('│')}${paint.family[line.family](drawn)}${paint.quiet('│')} ${paint.quiet(line.says)}`.trimEnd();
    }),
  ];
}

function linesOf(executor: ExecutorResult, { lanes, wallMs }: Trace): Line[] {
  const { variant } = executor;
  const shown = lanes.slice(0, MOST_LANES);
  return shown.map((lane, at) => {
    const more =
      at === MOST_LANES - 1 && lanes.length > MOST_LANES ? `, ${lanes.length - MOST_LANES} more alike` : '';
    return {
      name: at === 0 ? truncate(nameOf(executor), LONGEST_NAME) : '',
      worker: workerName(familyOf(variant), lane.worker),
      lane,
      wallMs,
      family: familyOf(variant),
      says: `${count(lane.tasks)} ${lane.tasks === 1 ? 'task' : 'tasks'}, ${count(peakOf(lane))} at once${more}`,
    };
  });
}

/** `loop`, `thread 1`, `process 1`. */
export function workerName(family: ExecutorFamily, worker: number): string {
  return family === 'loop' ? 'loop' : `${family === 'threads' ? 'thread' : 'process'} ${worker + 1}`;
}

function peakOf({ inFlight }: TraceLane): number {
  return Math.max(1, Math.round(Math.max(...inFlight)));
}

function draw({ lane, wallMs }: Line, columns: number, longestMs: number, most: number): string {
  const parts = lane.inFlight.length;
  const partMs = wallMs / parts;
  const columnMs = longestMs / columns;
  return Array.from({ length: columns }, (_, column) => {
    const tasks = meanBetween(
      lane.inFlight,
      (column * columnMs) / partMs,
      ((column + 1) * columnMs) / partMs,
    );
    return level(tasks, most);
  }).join('');
}

/** Mean over the places `from` to `to` of a list whose entries lie at 0 … 1, 1 … 2, …; nothing lies beyond its end. */
function meanBetween(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let at = Math.floor(from); at < Math.min(values.length, Math.ceil(to)); at++)
    sum += values[at]! * (Math.min(to, at + 1) - Math.max(from, at));
  return sum / (to - from);
}

/** By the logarithm: one in flight is seen beside a hundred. */
function level(tasks: number, most: number): string {
  if (tasks < VISIBLE) return NOTHING;
  if (most <= 1 || tasks <= 1) return LEVELS[0]!;
  const share = Math.log(tasks) / Math.log(most);
  return LEVELS[Math.min(LEVELS.length - 1, Math.max(1, Math.round(share * (LEVELS.length - 1))))]!;
}
