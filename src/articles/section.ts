import type { ScenarioResult } from '../schema/index.js';
import { articleTable, articleWords, whyTheyDiffer } from './article.js';
import type { SectionView } from './view/types.js';

/** The article's figures beside these, its words, and why they differ. */
export function articleSection(result: ScenarioResult): SectionView | null {
  const table = articleTable(result);
  if (table === null) return null;
  const words = articleWords(result);
  return {
    title: `article: "${result.scenario.article!.title}"`,
    table,
    sentences: [
      ...(words === null ? [] : [{ label: 'it says', text: words, tone: null }]),
      ...whyTheyDiffer(result).map(text => ({ label: 'differs', text, tone: null })),
    ],
  };
}
