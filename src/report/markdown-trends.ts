import { asText, type Block, noteItems, tableLines, textOfBlocks } from './markdown.js';
import { type FolderTrends, type MachineTrendsView, type TrendGroupView, trendsView } from './view/trends.js';

/** How ratios went from run to run, as GitHub-flavoured Markdown. */
export function renderMarkdownTrends(source: FolderTrends): string {
  const { title, facts, notes, machines, method } = trendsView(source);
  return textOfBlocks([
    [`## ${asText(title)}`],
    [asText(facts.join(' · '))],
    noteItems(notes),
    ...machines.flatMap(machineBlocks),
    [asText(method)],
  ]);
}

function machineBlocks({ facts, groups }: MachineTrendsView): Block[] {
  return [[asText(facts.join(' · '))], ...groups.flatMap(groupBlocks)];
}

function groupBlocks({ title, headline, description, table, changes, notes }: TrendGroupView): Block[] {
  return [
    [`### ${asText(title)}: ${asText(headline)}`],
    description.map(asText),
    table === null ? [] : tableLines(table),
    noteItems([...changes, ...notes]),
  ];
}
