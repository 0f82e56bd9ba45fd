import type { Article, ArticleProgram, ExecutorResult, ScenarioResult } from '../schema/index.js';
import { duration, NONE, percent, times } from './format.js';
import { isMeasured, type Pair, pairOf, ratioText } from './pairs.js';
import { truncate } from './text.js';
import { type Column, right, tableOf } from './view/table.js';
import type { TableView } from './view/types.js';
import { labelOf, listed } from './words/labels.js';
import { markIfCold } from './words/marks.js';

/** A program of an article beside the executor that is the same program here. */
export interface ArticleRow {
  readonly program: ArticleProgram;
  readonly executor: ExecutorResult | null;
  /** What the others are compared with. */
  readonly isFirst: boolean;
  /** Of the trials that its ratio is of, the cold ones if one of the two has no others. */
  readonly wallHereMs: number | null;
  readonly isCold: boolean;
  /** Of its wall time to the first program's, there; null without a figure of either. */
  readonly ratioThere: number | null;
  /** The first program's wall time ÷ its own, here, within rounds; null for the first itself. */
  readonly pair: Pair | null;
  /** What equal work allows: the ratio of the two ideals. */
  readonly atMost: number | null;
}

export function articleRows(result: ScenarioResult, { programs }: Article): ArticleRow[] {
  const executorOf = ({ executor }: ArticleProgram) =>
    result.executors.find(({ variant: { id } }) => id === executor) ?? null;
  const [first] = programs;
  const base = first === undefined ? null : executorOf(first);
  return programs.map(program => {
    const executor = executorOf(program);
    const isCold = executor?.coldOnly === true || base?.coldOnly === true;
    const comparable = base !== null && executor !== null && base !== executor && isMeasured(executor);
    return {
      program,
      executor,
      isFirst: program === first,
      wallHereMs: (isCold ? executor?.coldWallMs : executor?.wallMs.median) ?? null,
      isCold,
      ratioThere: program === first ? null : ratioThere(program, first!),
      pair: comparable ? pairOf(result, executor.variant.id, base.variant.id) : null,
      atMost: comparable ? idealRatio(executor, base) : null,
    };
  });
}

function ratioThere({ wallMs, ratio }: ArticleProgram, first: ArticleProgram): number | null {
  return first.wallMs === null || wallMs === null ? ratio : first.wallMs / wallMs;
}

function idealRatio({ ideal }: ExecutorResult, base: ExecutorResult): number | null {
  return ideal === null || base.ideal === null ? null : ideal.perSecond / base.ideal.perSecond;
}

const LONGEST_PROGRAM = 30;

/** The article's own figures beside those of this run, for equal work. */
export function articleTable(result: ScenarioResult): TableView | null {
  const { article } = result.scenario;
  if (article === null) return null;
  const rows = articleRows(result, article);
  // Asked for with other executors than the article's.
  if (rows.every(({ executor }) => executor === null)) return null;
  return tableOf(articleColumns(), rows);
}

function articleColumns(): Column<ArticleRow>[] {
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
    right('here', 8, ({ wallHereMs, isCold }) =>
      markIfCold(isCold && wallHereMs !== null, duration(wallHereMs)),
    ),
    right('ratio [95 %]', 9, row => (row.pair === null ? first(row) : ratioText(row.pair))),
    right('at most', 7, row => (row.atMost === null ? NONE : times(row.atMost))),
  ];
}

function first({ isFirst }: ArticleRow): string {
  return isFirst ? '1' : NONE;
}

/** The article's own words where they say more than its figures: `queue: "a reduction of 94 %"`, each once. */
export function articleWords({ scenario: { article } }: ScenarioResult): string | null {
  const said = new Map<string, string[]>();
  for (const { program, claim } of article?.programs ?? [])
    if (claim !== null) said.set(claim, [...(said.get(claim) ?? []), program]);
  if (said.size === 0) return null;
  return [...said].map(([claim, programs]) => `${listed(programs)}: "${claim}"`).join('; ');
}

/** Closer than this two ratios are called the same. */
const ALIKE = 1.1;

/**
 * Why the article's ratios are not those of this run, or that they are: a sentence a program, without its full stop, whose
 * figures are the article's and this run's.
 */
export function whyTheyDiffer(result: ScenarioResult): string[] {
  const {
    scenario: { article },
  } = result;
  if (article === null || result.scenario.tasks === null) return [];
  const rows = articleRows(result, article);
  const base = rows[0];
  if (base === undefined || base.executor === null) return [];
  return rows.slice(1).flatMap(row => sentenceOf(row, base, result.scenario.tasks!) ?? []);
}

function sentenceOf(row: ArticleRow, base: ArticleRow, tasks: number): string | null {
  const { program, ratioThere, pair, atMost } = row;
  if (pair === null) return null;
  if (ratioThere === null) return timesOf(row, tasks);
  if (atMost === null) return null;
  const ratios = `${program.program}: ${times(ratioThere)} there, ${times(pair.ratio)} here`;
  const each = requestsOf(row, base, tasks);
  if (ratioThere > atMost * ALIKE) {
    const more = each === null ? '' : `: there a request took ${each.there}`;
    const here = each === null ? '' : `; here it took ${each.here}`;
    return `${ratios}, and equal work allows ${times(atMost)}${more}, so it was not the same work${here}`;
  }
  const reached = `of the ${times(atMost)} that equal work allows the article reached ${percent(ratioThere / atMost)} and this run ${percent(pair.ratio / atMost)}`;
  if (pair.ratio <= ratioThere * ALIKE && ratioThere <= pair.ratio * ALIKE)
    return `${ratios}, which is the same: ${reached}`;
  return `${ratios}: ${reached}${each === null ? '' : `; a request took ${each.there} there, ${each.here} here`}`;
}

/** Of a program whose time is known, and nobody's to compare it with. */
function timesOf(row: ArticleRow, tasks: number): string | null {
  const { program, wallHereMs } = row;
  const thereMs = waveMs(program, tasks);
  if (thereMs === null) return null;
  return `${program.program}: ${duration(program.wallMs)} there, ${duration(wallHereMs)} here: a request took at most ${duration(thereMs)} there and ${duration(waveHereMs(row, tasks))} here`;
}

/** What a request took at most in the first program and in this one; null where the article gives no times. */
function requestsOf(
  row: ArticleRow,
  base: ArticleRow,
  tasks: number,
): { readonly there: string; readonly here: string } | null {
  const there = [waveMs(base.program, tasks), waveMs(row.program, tasks)];
  if (there.includes(null)) return null;
  const here = [waveHereMs(base, tasks), waveHereMs(row, tasks)];
  const both = (texts: readonly (number | null)[]) => texts.map(duration).join(' and ');
  return { there: `${both(there)} in the two programs`, here: both(here) };
}

function waveHereMs({ program, wallHereMs }: ArticleRow, tasks: number): number | null {
  return waveMs({ ...program, wallMs: wallHereMs }, tasks);
}

/** What a request took at most: the wall time, shared among as many waves as there were. */
function waveMs({ wallMs, atOnce }: ArticleProgram, tasks: number): number | null {
  return wallMs === null || atOnce === null ? null : wallMs / Math.ceil(tasks / atOnce);
}
