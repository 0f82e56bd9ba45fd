import type { RenderOptions } from '../reporter.js';
import { wrap } from '../text.js';
import type { FolderTrends, MachineTrendsView, TrendGroupView } from '../view/trends.js';
import { trendsView } from '../view/trends.js';
import { indented, type Layout, noteLines, titleLines } from './layout.js';
import { layoutFor, tableLines, textOf } from './terminal.js';

/** How ratios went from run to run, for a terminal; no line is wider than `width` (at least 40). */
export function renderTerminalTrends(source: FolderTrends, options: RenderOptions): string {
  const { title, facts, notes, machines, method } = trendsView(source);
  const layout = layoutFor(
    machines.flatMap(({ groups }) => groups),
    options,
  );
  const { paint, width } = layout;
  return textOf([
    [
      ...wrap([title, ...facts].join(' · '), width).map(paint.strong),
      ...notes.flatMap(note => noteLines(note, layout)),
    ],
    ...machines.flatMap(machine => machineBlocks(machine, layout)),
    wrap(method, width).map(paint.quiet),
  ]);
}

function machineBlocks({ facts, groups }: MachineTrendsView, layout: Layout): string[][] {
  const { paint, width } = layout;
  return [wrap(facts.join(' · '), width).map(paint.quiet), ...groups.map(group => groupLines(group, layout))];
}

function groupLines(group: TrendGroupView, layout: Layout): string[] {
  const { title, headline, description, table, changes, notes } = group;
  return [
    ...titleLines(title, headline, layout),
    ...description.flatMap(text => indented(wrap(text, layout.room)).map(layout.paint.quiet)),
    ...(table === null ? [] : tableLines(table, layout)),
    ...[...changes, ...notes].flatMap(note => noteLines(note, layout)),
  ];
}
