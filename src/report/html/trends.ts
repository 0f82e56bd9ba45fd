import {
  type FolderTrends,
  type MachineTrendsView,
  SPARKLINE,
  type TrendGroupView,
  type TrendSeriesView,
  type TrendsView,
  trendsView,
} from '../view/trends.js';
import type { TableView } from '../view/types.js';
import { figure } from './charts/frame.js';
import { timeAxis } from './charts/time-axis.js';
import { drawTrend } from './charts/trend.js';
import { type PageContext, pageContext } from './context.js';
import { documentOf } from './document.js';
import { type Content, element, type Markup } from './markup.js';
import { noteList } from './notes.js';
import { sentence } from './sentence.js';
import { tableMarkup } from './table.js';
import { titleText } from './titles.js';
import { groupId, verdictItem, verdictNav } from './verdicts.js';

const SYMBOLS = 'Higher is better. Whiskers are 95 % intervals; hollow: WEAK.';
const IN_ORDER = 'Runs stand in their order: in time most would hide each other.';
const CHANGES = 'Dashed: what changed, and from which run on.';

/** How ratios went from run to run, as a page of one file, complete without its script. */
export function renderHtmlTrends(source: FolderTrends): string {
  const said = trendsView(source);
  const context = pageContext(said.executors);
  return documentOf({
    title: said.title,
    facts: said.facts.join(' · '),
    verdicts: verdictsOf(said),
    main: machinesOf(said, context),
    footer: [element('h2', {}, 'How changes are found'), element('p', {}, sentence(said.method))],
  });
}

function verdictsOf({ notes, machines }: TrendsView): Content {
  const groups = machines.flatMap(machine => machine.groups);
  return [
    noteList(notes),
    groups.length < 2
      ? null
      : verdictNav(
          'What changed',
          groups.map((group, at) => verdictItem(groupId(at), group.label, group.headline, null)),
        ),
  ];
}

/** Of several machines each group says on which it was measured. */
function machinesOf({ machines }: TrendsView, context: PageContext): Content {
  let at = 0;
  return machines.map(machine =>
    machine.groups.map(group => section(group, machine, groupId(at++), context)),
  );
}

function section(
  group: TrendGroupView,
  { facts }: MachineTrendsView,
  id: string,
  context: PageContext,
): Markup {
  const { title, headline, description, table, changes, series, notes } = group;
  return element(
    'section',
    { id },
    element('h2', {}, titleText(title)),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    element('p', { class: 'about' }, sentence([...facts, ...description].join(' · '))),
    noteList(changes),
    table === null ? null : tableMarkup(withoutSparkline(table), 'From the first run to the last', context),
    series.length === 0
      ? null
      : element(
          'div',
          { class: 'charts' },
          series.map(one => seriesFigure(one, context)),
        ),
    noteList(notes),
  );
}

/** Charts show it. */
function withoutSparkline({ columns, rows, barsBefore }: TableView): TableView {
  const kept = columns.flatMap(({ heading }, at) => (heading === SPARKLINE ? [] : [at]));
  return {
    columns: kept.map(at => columns[at]!),
    rows: rows.map(row => ({ ...row, cells: kept.map(at => row.cells[at]!) })),
    barsBefore,
  };
}

function seriesFigure(series: TrendSeriesView, context: PageContext): Markup {
  const { title, changes, table } = series;
  const method = [
    SYMBOLS,
    ...(changes.length === 0 ? [] : [CHANGES]),
    ...(timeAxis(series.points).isEven ? [IN_ORDER] : []),
  ];
  return figure({
    id: context.newId('chart'),
    title,
    method: method.join(' '),
    drawing: drawTrend(series, context.looks),
    table: tableMarkup(table, title, context),
  });
}
