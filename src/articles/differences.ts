import { duration, percent, times } from '../report/format.js';
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
  const { program, wallHereMs, ratioThere, pair, atMost } = row;
  if (pair === null) return null;
  const requests = (wallMsOf: (one: ArticleRow) => number | null) =>
    [base, row].map(one => requestMs(wallMsOf(one), one.program.atOnce, tasks));
  const there = requests(one => one.program.wallMs);
  const here = requests(one => one.wallHereMs).map(duration);
  // Nobody's time to compare its own with.
  if (ratioThere === null)
    return there[1] == null
      ? null
      : `${program.program}: ${duration(program.wallMs)} there, ${duration(wallHereMs)} here: a request took at most ${duration(there[1])} there and ${here[1]} here`;
  if (atMost === null) return null;
  const ratios = `${program.program}: ${times(ratioThere)} there, ${times(pair.ratio)} here`;
  const hasTimes = !there.includes(null);
  const tookThere = `${there.map(duration).join(' and ')} in the two programs`;
  const tookHere = here.join(' and ');
  if (ratioThere > atMost * ALIKE) {
    const [more, less] = hasTimes
      ? [`: there a request took ${tookThere}`, `; here it took ${tookHere}`]
      : ['', ''];
    return `${ratios}, and equal work allows ${times(atMost)}${more}, so it was not the same work${less}`;
  }
  const reached = `of the ${times(atMost)} that equal work allows the article reached ${percent(ratioThere / atMost)} and this run ${percent(pair.ratio / atMost)}`;
  if (pair.ratio <= ratioThere * ALIKE && ratioThere <= pair.ratio * ALIKE)
    return `${ratios}, which is the same: ${reached}`;
  return `${ratios}: ${reached}${hasTimes ? `; a request took ${tookThere} there, ${tookHere} here` : ''}`;
}

/** At most: the wall time, shared among as many waves as there were. */
function requestMs(wallMs: number | null, atOnce: number | null, tasks: number): number | null {
  return wallMs === null || atOnce === null ? null : wallMs / Math.ceil(tasks / atOnce);
}
