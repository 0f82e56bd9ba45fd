import type { Report } from '../../schema/index.js';
import type { RenderOptions } from '../reporter.js';
import { truncate, widthOf, wrap } from '../text.js';
import { asked } from '../view/asked.js';
import type {
  AnswerView,
  GroupView,
  MapView,
  ReportView,
  ResultsView,
  SectionView,
  TableView,
} from '../view/types.js';
import { view } from '../view/view.js';
import { renderChart } from './chart.js';
import { renderHeatMap } from './heat-map.js';
import { descriptionLines, INDENT_WIDTH, indented, type Layout, noteLines, titleLines } from './layout.js';
import { paintFor } from './paint.js';
import { renderTable } from './table.js';
import { renderTimeline } from './timeline.js';

/** Narrower than this nothing can be laid out: such terminals get lines of this width. */
const NARROWEST = 40;
const TITLE_WIDTHS = { least: 9, most: 16 };
const PROGRAM = 'threads-vs-loop';

/** The report for a terminal, each scenario's verdict first. No line is wider than `width` (at least 40). */
export function renderTerminal(report: Report, options: RenderOptions): string {
  const said = view(report, options);
  const layout = layoutOf(said, options);
  const footnotes = said.footnotes.map(text => wrap(text, layout.width).map(layout.paint.quiet));
  const answer = said.answer === null ? [] : [answerLines(said.answer, layout)];
  const map = said.map === null ? [] : [mapLines(said.map, layout)];
  return textOf([
    header(said, layout),
    ...answer,
    ...map,
    ...said.groups.map(group => groupLines(group, layout)),
    ...footnotes,
  ]);
}

/** One scenario of a report by its name, with all places of its axes: for a text that shows it by itself. */
export function renderScenario(report: Report, name: string, options: RenderOptions): string {
  const scenarios = report.scenarios.filter(({ scenario }) => scenario.name === name);
  const said = view({ ...report, scenarios }, options);
  const layout = layoutOf(said, options);
  return textOf(said.groups.map(group => groupLines(group, layout)));
}

export function textOf(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

function layoutOf({ groups, answer, map }: ReportView, options: RenderOptions): Layout {
  return layoutFor([...groups, ...[answer, map].filter(one => one !== null)], options);
}

/** @param blocks what stands beside the titles at the left */
export function layoutFor(
  blocks: readonly { readonly title: string }[],
  { width: columns, colour }: RenderOptions,
): Layout {
  const width = Math.max(NARROWEST, Math.floor(columns));
  const most = Math.min(TITLE_WIDTHS.most, Math.floor(width / 3));
  const titles = blocks.map(({ title }) => widthOf(title));
  const widest = Math.max(TITLE_WIDTHS.least, ...titles);
  const room = width - INDENT_WIDTH;
  return { width, room, titleWidth: Math.min(most, widest), paint: paintFor(colour) };
}

/** Where and how the figures were made, and whether they are all. */
function header({ facts, interruption }: ReportView, { width, paint }: Layout): string[] {
  const text = facts.join(' · ');
  const first =
    widthOf(text) <= width - widthOf(PROGRAM) - 3
      ? [`${paint.strong(PROGRAM)}   ${paint.quiet(text)}`]
      : [paint.strong(truncate(PROGRAM, width)), ...wrap(text, width).map(paint.quiet)];
  return interruption === null ? first : [...first, ...wrap(interruption, width).map(paint.WEAK)];
}

function answerLines({ title, headline, sentences, searched, paste }: AnswerView, layout: Layout): string[] {
  const { paint, room } = layout;
  return [
    ...titleLines(title, headline, layout),
    ...sentences.flatMap(text => indented(wrap(`${text}.`, room))),
    ...(searched === null ? [] : tableLines(searched, layout)),
    ...(paste.length === 0 ? [] : indented([paint.quiet('--- paste'), ...paste, paint.quiet('---')])),
  ];
}

function mapLines({ title, headline, heatMap, sentences }: MapView, layout: Layout): string[] {
  const { paint, room } = layout;
  return [
    ...titleLines(title, headline, layout),
    ...(heatMap === null ? [] : indented(renderHeatMap(heatMap, room, paint))),
    ...sentences.flatMap(text => indented(wrap(`${text}.`, room))),
  ];
}

function groupLines(group: GroupView, layout: Layout): string[] {
  const { paint, room } = layout;
  const { why, chart, cost } = group;
  const { timeline, results } = asked(group);
  const lines = [
    ...titleLines(group.title, group.headline, layout),
    ...descriptionLines(group.description, group.validity, layout),
    ...group.verdicts.flatMap(verdict => noteLines(verdict, layout)),
    ...tableLines(group.table, layout),
    ...(why === null ? [] : noteLines({ label: 'why', text: why, tone: null }, layout)),
    ...(chart === null ? [] : indented(renderChart(chart, room, paint))),
    ...group.sections.flatMap(section => placed(section.place, sectionLines(section, layout), layout)),
    ...(timeline === null
      ? []
      : placed(timeline.place, indented(renderTimeline(timeline, room, paint)), layout)),
    ...(results === null ? [] : resultLines(results, layout)),
    ...(cost === null ? [] : tableLines(cost, layout)),
  ];
  // What had no room in a table is not explained below it.
  const notes = group.notes.filter(
    ({ mark }) => mark === undefined || lines.some(line => line.includes(mark)),
  );
  return [...lines, ...notes.flatMap(note => noteLines(note, layout))];
}

export function tableLines(table: TableView, { room, paint }: Layout): string[] {
  return indented(renderTable(table, room, paint));
}

function placed(place: string | null, lines: readonly string[], { paint }: Layout): readonly string[] {
  return place === null || lines.length === 0
    ? lines
    : [...indented([paint.quiet(`at ${place}:`)]), ...lines];
}

function sectionLines({ title, table, sentences }: SectionView, layout: Layout): string[] {
  return [
    ...indented([layout.paint.quiet(truncate(title, layout.room))]),
    ...tableLines(table, layout),
    ...sentences.flatMap(sentence => noteLines(sentence, layout)),
  ];
}

function resultLines({ table, remark, workers, listing }: ResultsView, layout: Layout): string[] {
  const { paint, room } = layout;
  return [
    ...tableLines(table, layout),
    ...(remark === null ? [] : indented(wrap(remark, room).map(paint.quiet))),
    ...workers.flatMap(worker => noteLines(worker, layout)),
    ...(listing === null
      ? []
      : indented([
          paint.quiet(truncate(listing.title, room)),
          ...listing.lines.map(line => truncate(`  ${line}`, room)),
        ])),
  ];
}
