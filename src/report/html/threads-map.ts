import type { ThreadsMapPicture } from '../view/picture-types.js';
import type { HeatMapView, MapView, TableView } from '../view/types.js';
import { figure } from './charts/frame.js';
import { drawThreadsMap } from './charts/threads-map.js';
import type { PageContext } from './context.js';
import { element, type Markup } from './markup.js';
import { sentence } from './sentence.js';
import { tableMarkup } from './table.js';
import { titleText } from './titles.js';

/** Where threads pay: said, drawn, and as a table of symbols and figures. */
export function mapSection(
  { title, headline, heatMap, picture, sentences }: MapView,
  context: PageContext,
): Markup {
  return element(
    'section',
    { id: 'map' },
    element('h2', {}, titleText(title)),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    heatMap === null || picture === null ? null : mapFigure(picture, heatMap, context),
    sentences.length === 0
      ? null
      : element(
          'ul',
          {},
          sentences.map(text => element('li', {}, sentence(`${text}.`))),
        ),
  );
}

function mapFigure(picture: ThreadsMapPicture, heatMap: HeatMapView, context: PageContext): Markup {
  const { title, method } = picture;
  return figure({
    id: context.newId('chart'),
    title,
    method,
    drawing: drawThreadsMap(picture, context.looks),
    table: tableMarkup(tableOf(heatMap), captionOf(heatMap), context),
  });
}

function captionOf({ columnTitle, legend }: HeatMapView): string {
  return `Across: ${columnTitle}. ${legend.join(', ')}`;
}

function tableOf({ rowTitle, columns, rows }: HeatMapView): TableView {
  return {
    columns: [rowTitle, ...columns].map(heading => ({ heading, align: 'right', importance: 1 })),
    rows: rows.map(({ label, cells }) => ({
      family: null,
      executor: null,
      bar: null,
      cells: [
        { text: label, tone: null },
        ...cells.map(({ symbol, figure, tone }) => ({ text: `${symbol} ${figure}`.trim(), tone })),
      ],
    })),
    barsBefore: null,
  };
}
