import type { Report } from '../model.js';
import type { Layout } from './block.js';
import { groupScenarios } from './groups.js';
import { header } from './header.js';
import { paintFor } from './paint.js';
import type { RenderOptions, Reporter } from './reporter.js';
import { scenarioBlock } from './scenario-block.js';
import { sweepBlock } from './sweep-block.js';
import { harmlessData, widthOf } from './text.js';

/** Narrower than this nothing can be laid out: such terminals get lines of this width. */
const NARROWEST = 40;
const TITLE_WIDTHS = { least: 9, most: 16 };

/** The report for a terminal, each scenario's verdict first. No line is wider than `width` (at least 40). */
export function renderTerminal(untrusted: Report, { width: columns, colour }: RenderOptions): string {
  const report = harmlessData(untrusted);
  const width = Math.max(NARROWEST, Math.floor(columns));
  const paint = paintFor(colour);
  const titles = report.scenarios.map(({ title }) => widthOf(title));
  const most = Math.min(TITLE_WIDTHS.most, Math.floor(width / 3));
  const layout: Layout = {
    width,
    titleWidth: Math.min(most, Math.max(TITLE_WIDTHS.least, ...titles)),
    paint,
  };
  const blocks = groupScenarios(report.scenarios).map(group =>
    group.kind === 'single'
      ? scenarioBlock(group.scenario, group.fixed, layout)
      : sweepBlock(group.scenarios, group.axis, group.fixed, layout),
  );
  const empty = blocks.length === 0 ? [['Nothing was measured.']] : [];
  const parts = [header(report, width, paint), ...blocks, ...empty];
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

export default {
  name: 'terminal',
  summary: 'verdicts, tables and charts for people',
  extension: 'txt',
  render: renderTerminal,
} satisfies Reporter;
