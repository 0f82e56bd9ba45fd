import type { HeatMapView, MapView, TableView } from '../view/types.js';
import { drawThreadsMap } from './charts/threads-map.js';
import type { PageContext } from './context.js';
import type { Looks } from './looks.js';
import { element, type Markup } from './markup.js';
import { type Picture, pictureFigure } from './pictures.js';
import { sentence } from './sentence.js';
import { titleText } from './titles.js';

/** Where threads pay: said, drawn, and as a table of symbols and figures. */
export function mapSection(map: MapView, context: PageContext): Markup {
  const { title, headline, sentences } = map;
  const picture = mapPicture(map, context.looks);
  return element(
    'section',
    { id: 'map' },
    element('h2', {}, titleText(title)),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    picture === null ? null : pictureFigure(picture, context),
    sentences.length === 0
      ? null
      : element(
          'ul',
          {},
          sentences.map(text => element('li', {}, sentence(`${text}.`))),
        ),
  );
}

/** Null: nothing was measured. */
export function mapPicture({ heatMap, picture }: MapView, looks: Looks): Picture | null {
  if (heatMap === null || picture === null) return null;
  const { title, method } = picture;
  return {
    name: 'map',
    title,
    method,
    drawing: drawThreadsMap(picture, looks),
    table: tableOf(heatMap),
    caption: captionOf(heatMap),
  };
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
