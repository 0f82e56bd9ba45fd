import { fixed, NONE } from '../../../src/report/format.js';
import type { RatioInterval } from './interval.js';
import { type ProgramRecord, type Tally, type TruthRecord, tally } from './record.js';
import { agrees, isWrong, type Said } from './said.js';

const DECIMALS = 2;

export const ratioText = (ratio: number) => fixed(ratio, DECIMALS);

export function intervalText({ ratio, low, high }: RatioInterval): string {
  return `${ratioText(ratio)} [${ratioText(low)}, ${ratioText(high)}]`;
}

export const budgetText = (budgetMs: number) => `${Math.ceil(budgetMs / 1000)}s`;

/** Its ratio, or why it has none: `1.82 [1.76, 1.88]`, `not warm`. */
export function saidText({ ratio, low, high, state, validity }: Said): string {
  if (state !== 'steady') return state;
  if (validity === 'INVALID') return validity;
  if (ratio === null) return 'no ratio';
  return low === null || high === null
    ? `${ratioText(ratio)}, no interval`
    : intervalText({ ratio, low, high });
}

/** Markdown, for docs/methodology.md: what is true, what the program says by itself, and at the budget that it names. */
export function renderTruthTable(programs: readonly ProgramRecord[]): string[] {
  return [
    '| 100 tasks of | truth, steady | truth, cold | at the default | its cold | it names | at that budget | agree |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...programs.map(row),
  ];
}

function row({ name, taskMs, steady, cold, atDefault, budgetMs, runs }: ProgramRecord): string {
  const agreeing = runs.filter(said => agrees(steady, said)).length;
  const cells = [
    `${name}, ${taskMs.toFixed(taskMs < 1 ? 2 : 1)} ms`,
    intervalText(steady),
    intervalText(cold),
    marked(atDefault, steady),
    atDefault.cold === null ? NONE : ratioText(atDefault.cold),
    namedText(atDefault.budgetMs, budgetMs),
    runs.map(said => marked(said, steady)).join('<br>'),
    `${agreeing} of ${runs.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** As it was named, and at what it was run where that is less. */
function namedText(namedMs: number | null, budgetMs: number | null): string {
  if (namedMs === null || budgetMs === null) return NONE;
  const named = `\`--budget ${budgetText(namedMs)}\``;
  return namedMs > budgetMs ? `${named}, run at ${budgetText(budgetMs)}` : named;
}

/** What disagrees, or advises wrongly, is told in the table itself. */
function marked(said: Said, truth: RatioInterval): string {
  const text = saidText(said);
  if (isWrong(said.winner, truth.ratio)) return `${text} wrong: ${said.winner}`;
  return said.state === 'steady' && !agrees(truth, said) ? `${text} ≠` : text;
}

export function tallyText({ runs, agreeing, notWarm, wrong }: Tally): string {
  return `${agreeing} of ${runs} runs agree with the truth, ${notWarm} make no claim about steady speed, ${wrong} headlines name the wrong winner.`;
}

/** What stands between the markers of the page. */
export function renderTruth(record: TruthRecord): string {
  const { startedAt, machine, node, threads, seed, programs } = record;
  const made = `\`npm run bench:self -- truth\` on ${startedAt.slice(0, 10)}, ${machine}, Node ${node}, ${threads} threads, seed ${seed}: ${tallyText(tally(programs))}`;
  return [made, '', ...renderTruthTable(programs)].join('\n');
}
