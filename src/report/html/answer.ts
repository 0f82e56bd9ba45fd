import type { TuneMapCellView, TuneMapView } from '../view/picture-types.js';
import type { AnswerView, TableView } from '../view/types.js';
import { drawMap } from './charts/heat-map.js';
import { codeBlock } from './code-block.js';
import type { PageContext } from './context.js';
import type { Looks } from './looks.js';
import { element, type Markup } from './markup.js';
import { type Picture, pictureFigure } from './pictures.js';
import { sentence } from './sentence.js';
import { tableMarkup } from './table.js';
import { titleText } from './titles.js';

/** What a tune recommends, why, the code for it, and the map of what was searched. */
export function answerSection(answer: AnswerView, id: string, context: PageContext): Markup {
  const { title, headline, sentences, paste, maps, searched } = answer;
  return element(
    'section',
    { id },
    element('h2', {}, titleText(title)),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    sentences.length === 0
      ? null
      : element(
          'ul',
          {},
          sentences.map(text => element('li', {}, sentence(`${text}.`))),
        ),
    paste.length === 0 ? null : codeBlock(paste.join('\n')),
    maps.length === 0
      ? null
      : element(
          'div',
          { class: 'charts' },
          answerPictures(answer, context.looks).map(picture => pictureFigure(picture, context)),
        ),
    searched === null ? null : tableMarkup(searched, 'What was searched, the best of each', context),
  );
}

/** A map for each executor that was searched. */
export function answerPictures({ maps }: AnswerView, looks: Looks): Picture[] {
  return maps.map(map => ({
    name: `map-${map.executor}`,
    title: map.title,
    method: map.method,
    drawing: drawMap(map, looks),
    table: tableOfMap(map),
  }));
}

/** The same as rows and columns of words. */
function tableOfMap({ rowTitle, columnTitle, rows, columns, cells }: TuneMapView): TableView {
  const textOf = (cell: TuneMapCellView | null) => {
    if (cell === null) return '';
    return cell.mark === null ? cell.text : `${cell.text}, ${cell.state}`;
  };
  const headings = columns.map(column => (column === 'loop' ? column : `${column} ${columnTitle}`));
  return {
    columns: [rowTitle, ...headings].map(heading => ({ heading, align: 'right', importance: 1 })),
    rows: rows.map((row, at) => ({
      family: null,
      executor: null,
      bar: null,
      cells: [row, ...cells[at]!.map(textOf)].map(text => ({ text, tone: null })),
    })),
    barsBefore: null,
  };
}
