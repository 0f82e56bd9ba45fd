import type { ExecutorResult, Params, Report, ScenarioResult } from '../schema/index.js';
import { articleColumns, articleRows, articleWords, whyTheyDiffer } from './article.js';
import { markIfCold } from './cold.js';
import { conclude } from './conclusion.js';
import {
  failedCell,
  failedColumn,
  halfWidth,
  percentileCell,
  rowsOf,
  sharedPercentile,
  startsAt,
  throughputText,
} from './executor-table.js';
import { bytes, duration, fixed, NONE, percent } from './format.js';
import { groupScenarios, type ScenarioGroup } from './groups.js';
import { coresText, factsOf } from './header.js';
import { type Hints, hintsOf } from './hints.js';
import { axisPhrase, labelOf, textOf } from './labels.js';
import { latencyColumns } from './latency-table.js';
import type { Note } from './notes.js';
import { paintFor } from './paint.js';
import { isInvalid, isMeasured, pairOf, ratioText } from './pairs.js';
import { rampText } from './ramp.js';
import { capacitiesOf, confirmationsOf, rateHeadline } from './rate-answer.js';
import type { Reporter } from './reporter.js';
import { groundsOf, payloadText, scaleText, workText } from './scenario-block.js';
import { markIfFalling } from './settling.js';
import { concludeSweep } from './sweep.js';
import { BATCH_NOTE } from './terminal.js';
import { harmlessData } from './text.js';
import { timelineLines } from './timeline.js';
import { traceTable } from './trace-table.js';

/** The report as GitHub-flavoured Markdown, for a README or an issue. */
export function renderMarkdown(untrusted: Report): string {
  const report = harmlessData(untrusted);
  const { environment } = report;
  const compared = report.scenarios.filter(({ purpose }) => purpose === 'comparison');
  const hints = hintsOf(report);
  const machine = [
    environment.cpuModel.trim(),
    coresText(environment),
    `${environment.platform} ${environment.arch}`,
    report.startedAt.slice(0, 10),
  ];
  const lines = [
    `**threads-vs-loop** ${asText(factsOf(report))}  `,
    asText(machine.filter(Boolean).join(' · ')),
    ...(report.interrupted ? ['', '**Interrupted: what was finished is shown.**'] : []),
    ...groupScenarios(compared).flatMap(group =>
      group.kind === 'single'
        ? ['', ...scenarioSection(group.result, '###', group.result.scenario.title, hints)]
        : [
            '',
            `### ${asText(group.scenarios[0]!.scenario.title)}: ${asText(sweepHeadline(group, report))}`,
            ...group.scenarios.flatMap(one => ['', ...scenarioSection(one, '####', placeOf(one), NO_HINTS)]),
            ...noteItems(hints(group.scenarios)),
          ],
    ),
    ...(compared.some(({ scenario: { load } }) => load.kind === 'batch') ? ['', asText(BATCH_NOTE)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** At the places of a sweep: there is one for all of them. */
const NO_HINTS: Hints = () => [];

function noteItems(notes: readonly Note[]): string[] {
  const items = notes.map(({ label, text }) => `- ${asText(label)}: ${asText(text)}`);
  return items.length === 0 ? [] : ['', ...items];
}

type Sweep = Extract<ScenarioGroup, { readonly kind: 'sweep' }>;

function sweepHeadline({ axis, scenarios }: Sweep, report: Report): string {
  if (axis !== 'rate') return concludeSweep(scenarios).headline;
  const [first] = scenarios as [ScenarioResult];
  return rateHeadline(scenarios, capacitiesOf(first, report.capacities), confirmationsOf(first, report));
}

function placeOf({ scenario: { axis, id } }: ScenarioResult): string {
  return axis === null ? id : axisPhrase(axis);
}

function scenarioSection(result: ScenarioResult, level: string, title: string, hints: Hints): string[] {
  const conclusion = conclude(result);
  const facts = [
    workText(result),
    ...rampText(result),
    conclusion.aside,
    ...scaleText(result),
    ...payloadText(result),
    result.validity,
  ].filter(Boolean);
  const { reasons, notes } = groundsOf(result, conclusion, hints);
  return [
    `${level} ${asText(title)}: ${asText(conclusion.headline)}`,
    '',
    asText(facts.join(' · ')),
    ...paramLines(result.scenario.params),
    '',
    ...table(result),
    ...(reasons === null ? [] : ['', `Why: ${asText(reasons)}.`]),
    ...articleLines(result),
    ...timelineBlock(result),
    ...noteItems(notes),
  ];
}

/** The article's figures beside these, and why they differ. */
function articleLines(result: ScenarioResult): string[] {
  const {
    scenario: { article },
  } = result;
  if (article === null) return [];
  const columns = articleColumns();
  const rows = articleRows(result, article).map(row => columns.map(column => column.cell(row)));
  const headings = columns.map(({ heading }) => heading);
  const words = articleWords(result);
  return [
    '',
    `Article: ${asText(article.title)}`,
    '',
    ...tableLines(headings, rows),
    ...(words === null ? [] : ['', `It says: ${asText(words)}.`]),
    ...whyTheyDiffer(result).flatMap(text => ['', `${asText(text)}.`]),
  ];
}

const TIMELINE_WIDTH = 88;

/** Lanes and the table beside them need columns of equal width. */
function timelineBlock(result: ScenarioResult): string[] {
  const paint = paintFor(false);
  const lines = [
    ...timelineLines(result, TIMELINE_WIDTH, paint),
    ...traceTable(result, TIMELINE_WIDTH, paint),
  ].map(line => line.replaceAll('`', "'"));
  return lines.length === 0 ? [] : ['', '```text', ...lines, '```'];
}

function paramLines(params: Params): string[] {
  const given = Object.entries(params).map(([key, value]) => `${key}=${textOf(value)}`);
  return given.length === 0 ? [] : ['', `Parameters: ${asText(given.join(', '))}`];
}

function table(result: ScenarioResult): string[] {
  return result.scenario.load.kind === 'rate' ? latencyLines(result) : throughputLines(result);
}

function latencyLines(result: ScenarioResult): string[] {
  const latencyRows = rowsOf(result).map(executor => ({ result, executor }));
  const columns = latencyColumns(paintFor(false), latencyRows);
  const rows = rowsOf(result).map(executor => [
    labelOf(executor),
    ...columns.map(column => column.cell({ result, executor })),
  ]);
  return tableLines(['executor', ...columns.map(({ heading }) => heading)], rows);
}

function throughputLines(result: ScenarioResult): string[] {
  const rows = rowsOf(result);
  const percentile = sharedPercentile(rows.filter(isMeasured).map(({ serviceMs }) => serviceMs));
  const someFailed = failedColumn(rows).length > 0;
  const headings = [
    'executor',
    'tasks/s',
    '±95 %',
    `÷ ${result.baseline}`,
    `${percentile} service`,
    ...(someFailed ? ['failed'] : []),
    'cores',
    'CPU/task',
    'memory',
    'start-up',
    'warms up',
    'starts at',
    'loop busy',
    'rounds',
  ];
  const cells = (row: ExecutorResult) => [
    labelOf(row),
    throughputText(row),
    halfWidth(row),
    ratioCell(result, row),
    isInvalid(row) ? NONE : percentileCell(row.serviceMs, percentile),
    ...(someFailed ? [failedCell(row)] : []),
    row.coresUsed === null ? NONE : fixed(row.coresUsed, 1),
    markIfFalling(row.cpuFalling, duration(row.cpuMsPerTask)),
    bytes(row.memoryBytes),
    duration(row.startupMs),
    duration(row.warmUp?.cpuMs ?? null),
    startsAt(row),
    percent(row.loop?.utilization ?? null),
    markIfCold(row.coldOnly, String(row.rounds)),
  ];
  return tableLines(headings, rows.map(cells));
}

function tableLines(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = headings.map((_, at) => (at === 0 ? '---' : '---:'));
  return [headings, rule, ...rows].map(line => `| ${line.map(escapeCell).join(' | ')} |`);
}

function ratioCell(result: ScenarioResult, executor: ExecutorResult): string {
  const {
    variant: { id },
  } = executor;
  if (isInvalid(executor)) return NONE;
  if (id === result.baseline) return '1';
  const pair = pairOf(result, id, result.baseline);
  return pair === null ? NONE : ratioText(pair);
}

/** Names and messages are text, never markup. */
function asText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`);
}

function escapeCell(text: string): string {
  return /^-+:?$/.test(text) ? text : asText(text);
}

export default {
  name: 'markdown',
  summary: 'tables for a README or an issue',
  extension: 'md',
  render: renderMarkdown,
} satisfies Reporter;
