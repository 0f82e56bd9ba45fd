import type { Judgement, RenderOptions } from '../reporter.js';
import { wrap } from '../text.js';
import { type ChangeGroupView, type ChangesView, type GateView, judgementView } from '../view/judgement.js';
import { type Layout, noteLines, titleLines } from './layout.js';
import { layoutFor, tableLines, textOf } from './terminal.js';

/** What changed since another run, and what the gates say, for a terminal; no line is wider than `width` (at least 40). */
export function renderTerminalJudgement(judgement: Judgement, options: RenderOptions): string {
  const { changes, gates } = judgementView(judgement);
  const layout = layoutFor([...(changes?.groups ?? []), ...gates], options);
  return textOf([
    ...(changes === null ? [] : changesBlocks(changes, layout)),
    ...gates.map(gate => gateLines(gate, layout)),
  ]);
}

function changesBlocks(changes: ChangesView, layout: Layout): string[][] {
  const footnotes = changes.footnotes.flatMap(note => noteLines(note, layout));
  return [
    headLines(changes, layout),
    ...changes.groups.map(group => groupLines(group, layout)),
    ...(footnotes.length === 0 ? [] : [footnotes]),
  ];
}

function headLines({ runs, notes }: ChangesView, layout: Layout): string[] {
  const { paint, width } = layout;
  const [first, ...others] = wrap(`Changes ${runs}`, width);
  return [
    paint.strong(first!),
    ...others.map(paint.strong),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

function groupLines({ title, headline, table, notes }: ChangeGroupView, layout: Layout): string[] {
  return [
    ...titleLines(title, headline, layout),
    ...(table === null ? [] : tableLines(table, layout)),
    ...notes.flatMap(note => noteLines(note, layout)),
  ];
}

function gateLines({ title, headline, notes }: GateView, layout: Layout): string[] {
  return [...titleLines(title, headline, layout), ...notes.flatMap(note => noteLines(note, layout))];
}
