import { duration, percent, times } from '../report/format.js';
import type { ArticleProgram } from './article.js';
import type { ArticleRow } from './rows.js';

/** Closer than this two ratios are called the same. */
const ALIKE = 1.1;

/**
 * Why the article's ratios are not those of this run, or that they are: a sentence a program, without its full stop, whose
 * figures are the article's and this run's.
 *
 * @param tasks null: there is no telling what a request took
 */
export function whyTheyDiffer([base, ...others]: readonly ArticleRow[], tasks: number | null): string[] {
  if (base === undefined || base.executor === null || tasks === null) return [];
  return others.flatMap(row => sentenceOf(row, base, tasks) ?? []);
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
