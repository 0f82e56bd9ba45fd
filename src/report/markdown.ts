import type { Report } from '../schema/index.js';
import { renderChart } from './terminal/chart.js';
import { renderHeatMap } from './terminal/heat-map.js';
import { WITHOUT_COLOUR } from './terminal/paint.js';
import { renderTimeline } from './terminal/timeline.js';
import { asked } from './view/asked.js';
import type {
  AnswerView,
  GroupView,
  MapView,
  NoteView,
  Placed,
  ResultsView,
  SectionView,
  TableView,
} from './view/types.js';
import { type ViewOptions, view } from './view/view.js';
import { quotedParts } from './words/labels.js';

const DRAWING_WIDTH = 88;

/** The report as GitHub-flavoured Markdown, for a README or an issue. */
export function renderMarkdown(report: Report, options: ViewOptions = {}): string {
  const { facts, machine, interruption, answer, map, groups, footnotes } = view(report, options);
  const blocks = [
    [`**threads-vs-loop** ${asText(facts.join(' · '))}  `, asText(machine.join(' · '))],
    ...(interruption === null ? [] : [[`**${asText(interruption)}**`]]),
    ...(answer === null ? [] : answerBlocks(answer)),
    ...(map === null ? [] : mapBlocks(map)),
    ...groups.flatMap(group => groupBlocks(group, '###')),
    ...footnotes.map(text => [asText(text)]),
  ];
  return textOfBlocks(blocks);
}

/** Lines that belong together; between blocks there is an empty one. */
export type Block = readonly string[];

export function textOfBlocks(blocks: readonly Block[]): string {
  const texts = blocks.filter(lines => lines.length > 0).map(lines => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

function answerBlocks({ title, headline, sentences, searched, paste }: AnswerView): Block[] {
  return [
    [`### ${asText(title)}: ${asText(headline)}`],
    sentences.map(text => `- ${asText(text)}`),
    searched === null ? [] : tableLines(searched),
    paste.length === 0 ? [] : ['```js', ...paste, '```'],
  ];
}

function mapBlocks({ title, headline, heatMap, sentences }: MapView): Block[] {
  return [
    [`### ${asText(title)}: ${asText(headline)}`],
    heatMap === null ? [] : drawing(renderHeatMap(heatMap, DRAWING_WIDTH, WITHOUT_COLOUR)),
    sentences.map(text => `- ${asText(text)}`),
  ];
}

function groupBlocks(group: GroupView, level: string): Block[] {
  const { description, validity, parameters, why, chart, cost, places } = group;
  const { timeline, results } = asked(group);
  const isHere = ({ place }: Placed<object>) => place === null || places.length === 0;
  return [
    [`${level} ${asText(group.title)}: ${asText(group.headline)}`],
    [asText([...description, validity].join(' · '))],
    parameters.length === 0 ? [] : [`Parameters: ${asText(parameters.join(', '))}`],
    noteItems(group.verdicts),
    tableLines(group.table),
    why === null ? [] : [`Why: ${asText(why)}.`],
    chart === null ? [] : drawing(renderChart(chart, DRAWING_WIDTH, WITHOUT_COLOUR)),
    ...group.sections.filter(isHere).flatMap(sectionBlocks),
    timeline === null || !isHere(timeline)
      ? []
      : drawing(renderTimeline(timeline, DRAWING_WIDTH, WITHOUT_COLOUR)),
    ...(results === null ? [] : resultBlocks(results)),
    cost === null ? [] : tableLines(cost),
    noteItems(group.notes),
    ...places.flatMap(place => groupBlocks(place, `${level}#`)),
  ];
}

function sectionBlocks({ title, table, sentences }: SectionView): Block[] {
  return [[asText(title)], tableLines(table), noteItems(sentences)];
}

function resultBlocks({ table, remark, workers, listing }: ResultsView): Block[] {
  return [
    tableLines(table),
    remark === null ? [] : [asText(remark)],
    noteItems(workers),
    ...(listing === null ? [] : [[asText(listing.title)], drawing(listing.lines)]),
  ];
}

/** What needs columns of equal width. */
function drawing(lines: readonly string[]): Block {
  return lines.length === 0 ? [] : ['```text', ...lines.map(line => line.replaceAll('`', "'")), '```'];
}

export function noteItems(notes: readonly NoteView[]): Block {
  return notes.map(({ label, text }) => `- ${asText(label)}: ${asText(text)}`);
}

export function tableLines({ columns, rows }: TableView): Block {
  const shown = columns.flatMap(({ medium }, at) => (medium === 'terminal' ? [] : [at]));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(shown.map(at => asText(columns[at]!.heading.replaceAll('\n', ' ')))),
    line(shown.map(at => (columns[at]!.align === 'left' ? '---' : '---:'))),
    ...rows.map(({ cells }) => line(shown.map(at => asText(cells[at]!.text)))),
  ];
}

/** Nothing in it could be markup, or end a code span. */
const PLAIN_NAME = /^[\w ×=.,:/@-]+$/;

/** Names and messages are text, never markup; a plain name in backticks is code. */
export function asText(text: string): string {
  const parts = quotedParts(text).map(part => {
    if (!part.isName) return escaped(part.text);
    return PLAIN_NAME.test(part.text) ? `\`${part.text}\`` : escaped(`\`${part.text}\``);
  });
  return parts.join('');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`);
}
