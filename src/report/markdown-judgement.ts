import { asText, type Block, noteItems, tableLines, textOfBlocks } from './markdown.js';
import type { Judgement } from './reporter.js';
import { type ChangeGroupView, type ChangesView, type GateView, judgementView } from './view/judgement.js';

/** What changed since another run, and what the gates say, as GitHub-flavoured Markdown. */
export function renderMarkdownJudgement(judgement: Judgement): string {
  const { changes, gates } = judgementView(judgement);
  return textOfBlocks([...(changes === null ? [] : changesBlocks(changes)), ...gates.flatMap(gateBlocks)]);
}

function changesBlocks({ runs, notes, groups, footnotes }: ChangesView): Block[] {
  return [
    [`## Changes: ${asText(runs)}`],
    noteItems(notes),
    ...groups.flatMap(groupBlocks),
    noteItems(footnotes),
  ];
}

function groupBlocks({ title, headline, table, notes }: ChangeGroupView): Block[] {
  return [
    [`### ${asText(title)}: ${asText(headline)}`],
    table === null ? [] : tableLines(table),
    noteItems(notes),
  ];
}

function gateBlocks({ title, headline, notes }: GateView): Block[] {
  return [[`### ${asText(title)}: ${asText(headline)}`], noteItems(notes)];
}
