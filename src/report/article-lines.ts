import type { ScenarioResult } from '../schema/index.js';
import { articleTable, articleWords, whyTheyDiffer } from './article.js';
import { INDENT, indented, type Layout, labelled } from './terminal/layout.js';

/** The article's figures beside these, its words, and why they differ. */
export function articleLines(result: ScenarioResult, { width, paint }: Layout): string[] {
  const table = articleTable(result, width - INDENT.length, paint);
  if (table.length === 0) return [];
  const words = articleWords(result);
  return [
    ...indented(table),
    ...(words === null ? [] : labelled('it says', words, width, text => text)),
    ...whyTheyDiffer(result).flatMap(text => labelled('differs', text, width, one => one)),
  ];
}
