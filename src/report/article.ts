import type { Article, ArticleProgram, ExecutorResult, ScenarioResult } from '../model.js';
import { duration, NONE, percent, times } from './format.js';
import { labelOf } from './labels.js';
import type { Paint } from './paint.js';
import { isMeasured, type Pair, pairOf, ratioText } from './pairs.js';
import { type Column, renderTable } from './table.js';
import { truncate } from './text.js';

/** A program of an article beside the executor that is the same program here. */
export interface ArticleRow {
  readonly program: ArticleProgram;
  readonly executor: ExecutorResult | null;
  /** What the others are compared with. */
  readonly isFirst: boolean;
  /** Of its wall time to the first program's, there; null without a figure of either. */
  readonly ratioThere: number | null;
  /** The first program's wall time ÷ its own, here, within rounds; null for the first itself. */
  readonly pair: Pair | null;
  /** What equal work allows: the ratio of the two ideals. */
  readonly atMost: number | null;
}

export function articleRows(scenario: ScenarioResult, { programs }: Article): ArticleRow[] {
  const executorOf = ({ executor }: ArticleProgram) =>
    scenario.executors.find(({ id }) => id === executor) ?? null;
  const [first] = programs;
  const base = first === undefined ? null : executorOf(first);
  return programs.map(program => {
    const executor = executorOf(program);
    const comparable = base !== null && executor !== null && base !== executor && isMeasured(executor);
    const there = first?.wallMs != null && program.wallMs !== null && program !== first;
    return {
      program,
      executor,
      isFirst: program === first,
      ratioThere: there ? first.wallMs! / program.wallMs! : null,
      pair: comparable ? pairOf(scenario, executor.id, base.id) : null,
      atMost: comparable ? idealRatio(executor, base) : null,
    };
  });
}

function idealRatio({ ideal }: ExecutorResult, base: ExecutorResult): number | null {
  return ideal === null || base.ideal === null ? null : ideal.perSecond / base.ideal.perSecond;
}

const LONGEST_PROGRAM = 30;

/** The article's own figures beside those of this run, for equal work. */
export function articleTable(scenario: ScenarioResult, width: number, paint: Paint): string[] {
  const { article } = scenario;
  if (article === null) return [];
  const rows = articleRows(scenario, article);
  // Asked for with other executors than the article's.
  if (rows.every(({ executor }) => executor === null)) return [];
  return [
    paint.quiet(truncate(`article: "${article.title}"`, width)),
    ...renderTable(articleColumns(), rows, width, paint.quiet),
  ];
}

/** Columns of the table, for Markdown too. */
export function articleColumns(): Column<ArticleRow>[] {
  return [
    {
      heading: 'program there',
      align: 'left',
      cell: ({ program }) => truncate(program.program, LONGEST_PROGRAM),
      importance: Number.POSITIVE_INFINITY,
    },
    right('there', 10, ({ program }) => duration(program.wallMs)),
    right('ratio', 9, row => (row.ratioThere === null ? first(row) : times(row.ratioThere))),
    {
      heading: 'executor here',
      align: 'left',
      cell: ({ executor }) => (executor === null ? NONE : truncate(labelOf(executor), LONGEST_PROGRAM)),
      importance: 5,
    },
    right('here', 8, ({ executor }) => duration(executor?.wallMs.median ?? null)),
    right('ratio [95 %]', 9, row => (row.pair === null ? first(row) : ratioText(row.pair))),
    right('at most', 7, row => (row.atMost === null ? NONE : times(row.atMost))),
  ];
}

function first({ isFirst }: ArticleRow): string {
  return isFirst ? '1' : NONE;
}

function right(heading: string, importance: number, cell: (row: ArticleRow) => string): Column<ArticleRow> {
  return { heading, align: 'right', importance, cell };
}

/** Closer than this two ratios are called the same. */
const ALIKE = 1.1;

/**
 * Why the article's ratios are not those of this run, or that they are: a sentence a program, without its full stop, whose
 * figures are the article's and this run's.
 */
export function whyTheyDiffer(scenario: ScenarioResult): string[] {
  const { article } = scenario;
  if (article === null || scenario.tasks === null) return [];
  const rows = articleRows(scenario, article);
  const base = rows[0];
  if (base === undefined || base.executor === null || base.program.wallMs === null) return [];
  return rows.slice(1).flatMap(row => sentenceOf(row, base, scenario.tasks!) ?? []);
}

function sentenceOf(row: ArticleRow, base: ArticleRow, tasks: number): string | null {
  const { program, executor, ratioThere, pair, atMost } = row;
  if (executor === null || pair === null || ratioThere === null || atMost === null) return null;
  const ratios = `${program.program}: ${times(ratioThere)} there, ${times(pair.ratio)} here`;
  const there = `${duration(waveMs(base.program, tasks))} and ${duration(waveMs(program, tasks))}`;
  const here = `${duration(waveHereMs(base, tasks))} and ${duration(waveHereMs(row, tasks))}`;
  if (ratioThere > atMost * ALIKE) {
    return `${ratios}, and equal work allows ${times(atMost)}: there a request took ${there} in the two programs, so it was not the same work; here it took ${here}`;
  }
  const reached = `of the ${times(atMost)} that equal work allows the article reached ${percent(ratioThere / atMost)} and this run ${percent(pair.ratio / atMost)}`;
  if (pair.ratio > ratioThere * ALIKE || ratioThere > pair.ratio * ALIKE)
    return `${ratios}: ${reached}; a request took ${there} in the two programs there, ${here} here`;
  return `${ratios}, which is the same: ${reached}`;
}

function waveHereMs({ program, executor }: ArticleRow, tasks: number): number | null {
  return waveMs({ ...program, wallMs: executor?.wallMs.median ?? null }, tasks);
}

/** What a request took at most: the wall time, shared among as many waves as there were. */
function waveMs({ wallMs, atOnce }: ArticleProgram, tasks: number): number | null {
  return wallMs === null || atOnce === null ? null : wallMs / Math.ceil(tasks / atOnce);
}
