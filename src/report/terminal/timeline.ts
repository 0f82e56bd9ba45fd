import { count, duration } from '../format.js';
import { padEnd, truncate, widthOf } from '../text.js';
import type { TimelineView, TrackView } from '../view/types.js';
import type { Paint } from './paint.js';

/** As many in flight as at most anywhere is a full block; one alone is its lowest part. */
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const NOTHING = ' ';
/** Less than this of a task in a cell is not drawn. */
const VISIBLE = 0.05;
const NARROWEST_PLOT = 20;
const LONGEST_NAME = 20;

/** A line a worker. Empty when there is no room for it. */
export function renderTimeline(timeline: TimelineView, width: number, paint: Paint): string[] {
  const { tracks, longestMs, mostInFlight } = timeline;
  // Once for all workers of an executor.
  const names = tracks.map(({ executor }, at) =>
    executor === tracks[at - 1]?.executor ? '' : truncate(executor, LONGEST_NAME),
  );
  const nameWidth = Math.max(...names.map(widthOf));
  const workerWidth = Math.max(...tracks.map(({ worker }) => widthOf(worker)));
  const textWidth = Math.max(...tracks.map(({ text }) => widthOf(text)));
  const plot = width - nameWidth - workerWidth - textWidth - 6;
  if (plot < NARROWEST_PLOT) return [];
  const caption = `one trial each, 0 to ${duration(longestMs)}; ▁ a task at a time, █ ${count(Math.round(mostInFlight))}`;
  const edge = paint.quiet('│');
  return [
    paint.quiet(truncate(caption, width)),
    ...tracks.map((track, at) => {
      const worker = paint.quiet(padEnd(track.worker, workerWidth));
      const drawn = paint[track.family](draw(track, plot, timeline));
      return `${padEnd(names[at]!, nameWidth)} ${worker} ${edge}${drawn}${edge} ${paint.quiet(track.text)}`.trimEnd();
    }),
  ];
}

function draw(
  { inFlight, wallMs }: TrackView,
  columns: number,
  { longestMs, mostInFlight }: TimelineView,
): string {
  const parts = inFlight.length;
  const partMs = wallMs / parts;
  const columnMs = longestMs / columns;
  return Array.from({ length: columns }, (_, column) => {
    const tasks = meanBetween(inFlight, (column * columnMs) / partMs, ((column + 1) * columnMs) / partMs);
    return level(tasks, mostInFlight);
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
