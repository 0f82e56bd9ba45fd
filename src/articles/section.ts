import type { ZodError } from 'zod';
import { UsageError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { duration, exactNumber, NONE, times } from '../report/format.js';
import { ratioText } from '../report/pairs.js';
import { truncate } from '../report/text.js';
import { type Column, left, NEVER_DROPPED, right, tableOf } from '../report/view/table.js';
import type { Sections, SectionView } from '../report/view/types.js';
import { labelOf, listed } from '../report/words/labels.js';
import { markIfCold } from '../report/words/marks.js';
import type { ScenarioResult } from '../schema/index.js';
import { type Article, articleAttachmentSchema } from './article.js';
import { whyTheyDiffer } from './differences.js';
import { type ArticleRow, articleRows } from './rows.js';
import { ARTICLE_KIND } from './scenario.js';

const LONGEST_PROGRAM = 30;

/** For whoever renders a report. */
export const articleSections: Sections = {
  [ARTICLE_KIND]: (data, result) => {
    const parsed = articleAttachmentSchema.safeParse(data);
    if (!parsed.success) throw notAttachedHere(result, parsed.error);
    const { timeScale, article } = parsed.data;
    return {
      remark: timeScale === 1 ? null : `waits × ${exactNumber(timeScale)}`,
      section: article === null ? null : articleSection(article, result),
    };
  },
};

function notAttachedHere({ scenario: { name } }: ScenarioResult, { issues: [first] }: ZodError): UsageError {
  const got = `${first?.message} at ${first?.path.join('.')}`;
  const remedy = 'Give a results file that threads-vs-loop wrote, unchanged.';
  return new UsageError(`attachment of ${name}`, 'what an article says', got, remedy);
}

/** The article's figures beside these, its words, and why they differ. */
function articleSection(article: Article, result: ScenarioResult): SectionView | null {
  const { tasks } = result.scenario;
  if ((article.tasks ?? tasks) !== tasks) return null;
  const rows = articleRows(result, article);
  // Asked for with other executors than the article's.
  if (rows.every(({ executor }) => executor === null)) return null;
  const words = articleWords(article);
  return {
    title: `article: "${article.title}"`,
    table: tableOf(COLUMNS, rows),
    sentences: [
      ...(words === null ? [] : [{ label: 'it says', text: words, tone: null }]),
      ...whyTheyDiffer(rows, tasks).map(text => ({ label: 'differs', text, tone: null })),
    ],
  };
}

const COLUMNS: readonly Column<ArticleRow>[] = [
  left('program there', NEVER_DROPPED, ({ program }) => truncate(program.program, LONGEST_PROGRAM)),
  right('there', 10, ({ program }) => duration(program.wallMs)),
  right('ratio', 9, row => (row.ratioThere === null ? first(row) : times(row.ratioThere))),
  left('executor here', 5, ({ executor }) =>
    executor === null ? NONE : truncate(labelOf(executor), LONGEST_PROGRAM),
  ),
  right('here', 8, ({ wallHereMs, isCold }) =>
    markIfCold(isCold && wallHereMs !== null, duration(wallHereMs)),
  ),
  right('ratio [95 %]', 9, row => (row.pair === null ? first(row) : ratioText(row.pair))),
  right('at most', 7, row => times(row.atMost)),
];

function first({ isFirst }: ArticleRow): string {
  return isFirst ? '1' : NONE;
}

/** The article's own words where they say more than its figures: `queue: "a reduction of 94 %"`, each once. */
function articleWords({ programs }: Article): string | null {
  const said = groupBy(
    programs.filter(({ claim }) => claim !== null),
    ({ claim }) => claim,
  );
  if (said.size === 0) return null;
  const namesOf = (alike: Article['programs']) => listed(alike.map(({ program }) => program));
  return [...said].map(([claim, alike]) => `${namesOf(alike)}: "${claim}"`).join('; ');
}
