import type { PicturesView } from '../view/picture-types.js';
import type { ChartView, TableView, TimelineView } from '../view/types.js';
import { drawActivity } from './charts/activity.js';
import { drawBars } from './charts/bars.js';
import { drawCurves } from './charts/curves.js';
import { type Drawing, figure } from './charts/frame.js';
import { drawLines } from './charts/lines.js';
import { drawStacks } from './charts/stacks.js';
import type { PageContext } from './context.js';
import type { Markup } from './markup.js';
import { tableMarkup } from './table.js';

interface Picture {
  readonly title: string;
  readonly method: string | null;
  readonly table: TableView | null;
}

/** All pictures of one scenario, in the order in which they answer: how fast, how evenly, why, at what cost. */
export function pictureFigures(pictures: PicturesView, context: PageContext): Markup[] {
  const { throughput, percentiles, ideal, taskTime, taskCpu, scaling } = pictures;
  const drawn = <View extends Picture>(
    picture: View | null,
    draw: (view: View, looks: PageContext['looks']) => Drawing,
  ) => (picture === null ? [] : [frame(picture, draw(picture, context.looks), context)]);
  return [
    ...drawn(throughput, drawBars),
    ...drawn(percentiles, drawCurves),
    ...drawn(ideal, drawBars),
    ...drawn(taskTime, drawStacks),
    ...drawn(taskCpu, drawStacks),
    ...scaling.map(chart => chartFigure(chart, context)),
  ];
}

const BAND = 'Bands are 95 % intervals; the table has the figures.';

export function chartFigure(chart: ChartView, context: PageContext): Markup {
  const hasBands = chart.lines.some(({ points }) => points.some(({ band }) => band != null));
  const better = chart.lessIsBetter ? 'Lower is better.' : 'Higher is better.';
  const method = hasBands ? `${better} ${BAND}` : better;
  return frame({ title: chart.title, method, table: null }, drawLines(chart, context.looks), context);
}

/** Tasks in flight by worker: of trials of which no more was kept. */
export function activityFigure(timeline: TimelineView, context: PageContext): Markup {
  const picture = {
    title: 'What each worker did in one trial',
    method: ['The height is the number of tasks in flight.', timeline.leftOut ?? ''].join(' ').trim(),
    table: timeline.table,
  };
  return frame(picture, drawActivity(timeline, context.looks), context);
}

function frame({ title, method, table }: Picture, drawing: Drawing, context: PageContext): Markup {
  const alternative = table === null ? null : tableMarkup(table, title, context);
  return figure({ id: context.newId('chart'), title, method, drawing, table: alternative });
}
