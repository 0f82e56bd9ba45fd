import type { PicturesView } from '../view/picture-types.js';
import type { ChartView, TableView, TimelineView } from '../view/types.js';
import { listed } from '../words/labels.js';
import { drawActivity } from './charts/activity.js';
import { drawBars } from './charts/bars.js';
import { drawCurves } from './charts/curves.js';
import { type Drawing, figure } from './charts/frame.js';
import { drawLines } from './charts/lines.js';
import { drawStacks } from './charts/stacks.js';
import type { PageContext } from './context.js';
import type { Looks } from './looks.js';
import type { Markup } from './markup.js';
import { tableMarkup } from './table.js';

/** What a page shows as a figure, and a file can hold. */
export interface Picture {
  /** What it shows, for names of files. */
  readonly name: string;
  readonly title: string;
  /** Sentences. */
  readonly method: string | null;
  readonly drawing: Drawing;
  /** The same figures; null: a table beside it has them. */
  readonly table: TableView | null;
  /** Of that table; default: the title. */
  readonly caption?: string;
}

/** All pictures of one scenario, in the order in which they answer: how fast, how evenly, why, at what cost. */
export function scenarioPictures(pictures: PicturesView, looks: Looks): Picture[] {
  const { throughput, percentiles, ideal, taskTime, taskCpu, scaling } = pictures;
  const drawn = <View extends Pick<Picture, 'title' | 'method' | 'table'>>(
    name: string,
    view: View | null,
    draw: (view: View, looks: Looks) => Drawing,
  ): Picture[] => {
    if (view === null) return [];
    const { title, method, table } = view;
    return [{ name, title, method, table, drawing: draw(view, looks) }];
  };
  return [
    ...drawn('throughput', throughput, drawBars),
    ...drawn('percentiles', percentiles, drawCurves),
    ...drawn('ideal', ideal, drawBars),
    ...drawn('task-time', taskTime, drawStacks),
    ...drawn('task-cpu', taskCpu, drawStacks),
    ...scaling.map(chart => chartPicture('scaling', chart, looks)),
  ];
}

const BAND = 'Bands are 95 % intervals; the table has the figures.';

export function chartPicture(name: string, chart: ChartView, looks: Looks): Picture {
  const hasBands = chart.lines.some(({ points }) => points.some(({ band }) => band != null));
  const better = chart.lessIsBetter ? 'Lower is better.' : 'Higher is better.';
  const method = [better, ...(hasBands ? [BAND] : []), ...whichDrawn(chart)].join(' ');
  return { name, title: chart.title, method, drawing: drawLines(chart, looks), table: null };
}

/** The terminal has the same lines. */
function whichDrawn({ lines, leftOut }: ChartView): string[] {
  if (leftOut.length === 0) return [];
  const all = lines.length + leftOut.length;
  return [
    `Drawn are ${lines.length} of ${all} lines, the best loop, the best pool and those nearest to the best anywhere; not ${listed(leftOut)}: the table has all.`,
  ];
}

/** Tasks in flight by worker: of trials of which no more was kept. */
export function activityPicture(timeline: TimelineView, looks: Looks): Picture {
  return {
    name: 'activity',
    title: 'What each worker did in one trial',
    method: ['The height is the number of tasks in flight.', timeline.leftOut ?? ''].join(' ').trim(),
    drawing: drawActivity(timeline, looks),
    table: timeline.table,
  };
}

export function pictureFigure(
  { title, method, drawing, table, caption = title }: Picture,
  context: PageContext,
): Markup {
  const alternative = table === null ? null : tableMarkup(table, caption, context);
  return figure({ id: context.newId('chart'), title, method, drawing, table: alternative });
}
