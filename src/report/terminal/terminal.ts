import type { Report, ScenarioResult } from '../../schema/index.js';
import { hintsOf } from '../hints/hints.js';
import type { RenderOptions, Reporter } from '../reporter.js';
import { harmlessData, widthOf, wrap } from '../text.js';
import { header } from '../view/facts.js';
import { groupScenarios } from '../view/groups.js';
import { rateSweepBlock } from '../view/rate-sweep.js';
import { scenarioBlock } from '../view/scenario.js';
import { sweepBlock } from '../view/sweep.js';
import { capacitiesOf, confirmationsOf } from '../words/capacity.js';
import type { Layout } from './layout.js';
import { paintFor } from './paint.js';

/** Narrower than this nothing can be laid out: such terminals get lines of this width. */
const NARROWEST = 40;
const TITLE_WIDTHS = { least: 9, most: 16 };

/** The report for a terminal, each scenario's verdict first. No line is wider than `width` (at least 40). */
export function renderTerminal(untrusted: Report, options: RenderOptions): string {
  const report = harmlessData(untrusted);
  const layout = layoutOf(report, options);
  const blocks = blocksOf(report, layout);
  const empty = blocks.length === 0 ? [['Nothing was measured.']] : [];
  const parts = [
    header(report, layout.width, layout.paint),
    ...blocks,
    ...empty,
    ...batchNote(comparedIn(report), layout),
  ];
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

/** One scenario of a report by its name, with all places of its axes: for a text that shows it by itself. */
export function renderScenario(untrusted: Report, name: string, options: RenderOptions): string {
  const report = harmlessData(untrusted);
  const only = { ...report, scenarios: report.scenarios.filter(result => result.scenario.name === name) };
  const blocks = blocksOf(only, layoutOf(only, options));
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

function layoutOf(report: Report, { width: columns, colour }: RenderOptions): Layout {
  const width = Math.max(NARROWEST, Math.floor(columns));
  const titles = report.scenarios.map(({ scenario: { title } }) => widthOf(title));
  const most = Math.min(TITLE_WIDTHS.most, Math.floor(width / 3));
  return {
    width,
    titleWidth: Math.min(most, Math.max(TITLE_WIDTHS.least, ...titles)),
    paint: paintFor(colour),
  };
}

function comparedIn({ scenarios }: Report): ScenarioResult[] {
  return scenarios.filter(({ purpose }) => purpose === 'comparison');
}

function blocksOf(report: Report, layout: Layout): string[][] {
  const hints = hintsOf(report);
  return groupScenarios(comparedIn(report)).map(group => {
    if (group.kind === 'single') return scenarioBlock(group.result, group.fixed, layout, hints);
    if (group.axis !== 'rate') return sweepBlock(group.scenarios, group.axis, group.fixed, layout, hints);
    const [first] = group.scenarios as [ScenarioResult];
    const capacities = capacitiesOf(first, report.capacities);
    return rateSweepBlock(group, capacities, confirmationsOf(first, report), layout, hints);
  });
}

/** What readers of load tests would take for a response time. */
export const BATCH_NOTE =
  'Service is how long a task ran. In a batch its latency would be its time in the batch, a place in the queue: for response times let tasks arrive, with --load rate=N/s.';

function batchNote(scenarios: readonly ScenarioResult[], { width, paint }: Layout): string[][] {
  if (!scenarios.some(({ scenario: { load } }) => load.kind === 'batch')) return [];
  return [wrap(BATCH_NOTE, width).map(paint.quiet)];
}

export default {
  name: 'terminal',
  summary: 'verdicts, tables and charts for people',
  extension: 'txt',
  render: renderTerminal,
} satisfies Reporter;
