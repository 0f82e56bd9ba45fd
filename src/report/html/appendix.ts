import type { GroupView, ReportView, TableView } from '../view/types.js';
import { meaningOf } from '../words/glossary.js';
import { codeBlock } from './code-block.js';
import type { PageContext } from './context.js';
import { type Content, element, type Markup, withCode } from './markup.js';
import { explanationId } from './notes.js';
import { headingText, tableMarkup } from './table.js';

/** What findings mean, what columns mean, and how all of it was made. */
export function appendix(view: ReportView, context: PageContext): Content {
  return [
    explanationList(view.explanations),
    glossary(view),
    element('h2', {}, 'How this was made'),
    view.command === null ? null : codeBlock(view.command),
    tableMarkup(view.environment, 'The machine and the run', context),
  ];
}

export function explanationList(known: ReportView['explanations']): (Markup | null)[] {
  if (known.length === 0) return [];
  const terms = known.map(({ code, means, remedy }) => [
    element('dt', { id: explanationId(code) }, element('code', {}, code)),
    element('dd', {}, withCode(means)),
    element('dd', {}, element('b', {}, 'What to do: '), withCode(remedy)),
  ]);
  return [element('h2', {}, 'What the findings mean'), element('dl', {}, terms)];
}

/** Of the columns that there are. */
function glossary(view: ReportView): (Markup | null)[] {
  const headings = [...new Set(view.groups.flatMap(tablesOf).flatMap(({ columns }) => columns))]
    .filter(({ medium }) => medium !== 'terminal')
    .map(({ heading }) => headingText(heading));
  const known = [...new Set(headings)].flatMap(heading => {
    const meaning = meaningOf(heading);
    return meaning === null ? [] : [element('dt', {}, heading), element('dd', {}, meaning)];
  });
  return known.length === 0 ? [] : [element('h2', {}, 'What the columns mean'), element('dl', {}, known)];
}

function tablesOf({ table, cost, pictures, places }: GroupView): TableView[] {
  const drawn = pictures === null ? [] : Object.values(pictures).flatMap(picture => picture?.table ?? []);
  return [table, ...(cost === null ? [] : [cost]), ...drawn, ...places.flatMap(tablesOf)];
}
