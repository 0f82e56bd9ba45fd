import type { Tune, TunePoint } from '../../schema/index.js';
import { count, duration, percent } from '../format.js';
import { listed, quoted } from './labels.js';
import { POOLS } from './paste.js';
import { type Answered, isUndecided, mayBeBeaten } from './tune-answered.js';
import { limitsText } from './tune-limits.js';
import { goalText } from './tune-objective.js';

/** Times the budget from which on it is worth a word. */
const OVERRUN = 1.5;

function overrunText({ elapsedMs, budgetMs }: Tune, forks: number): string {
  if (elapsedMs <= OVERRUN * budgetMs) return '';
  return ` where ${duration(budgetMs)} were asked for, since ${forks} forks confirm it in any case`;
}

/** What the answer rests on, and what it does not cover. */
export function suretyText(said: Answered): string {
  const { tune, answer } = said;
  const ratios = new Map(answer.standings.map(({ id, ratio }) => [id, ratio]));
  const { trials, elapsedMs, points, forks } = tune;
  const confirms = forks.filter(({ phase }) => phase === 'confirm').length;
  const measured = points.filter(point => ratios.get(point.id) != null);
  const threads = Math.max(...measured.map(({ workers }) => workers));
  const doubt = doubtOf(said);
  return (
    `${doubt ?? 'Sure'}: ${whyText(said, doubt === null)}, confirmed in ${confirms} fresh processes; ` +
    `${count(trials)} trials, ${duration(elapsedMs)}${overrunText(tune, confirms)}. Not covered: ${othersText(points)}more than ${threads === 0 ? 'one loop' : `${threads} threads`}, other arguments and sizes of data, other machines`
  );
}

/** Executors that could be recommended, and were not searched. */
export function leftOutOf(points: readonly TunePoint[]): string[] {
  const searched = new Set(points.map(({ executor }) => executor));
  return POOLS.filter(name => !searched.has(name));
}

function othersText(points: readonly TunePoint[]): string {
  const others = leftOutOf(points);
  return others.length === 0 ? '' : `other executors (${others.map(quoted).join(', ')}), `;
}

/** Null: there is none. */
function doubtOf(said: Answered): string | null {
  const { report, tune, answer } = said;
  if (report.scenarios[0]?.findings.some(({ code }) => code === 'machine-busy') === true)
    return 'Unsure, since other programs kept the machine busy';
  if (mayBeBeaten(said) || isUndecided(tune, answer))
    return 'Unsure, since the interval of threads to the loop has 1 in it';
  return notExcludedText(said) === null ? null : 'As far as the budget went';
}

function whyText(said: Answered, isSure: boolean): string {
  const { report, tune } = said;
  const goal = goalText(report);
  if (goal !== null) return `the smallest that was seen to ${goalText(report, '')}`;
  const others = limitsText(tune) === null ? 'no other' : 'no other within the limits';
  return `the smallest that ${others} ${isSure ? 'beats' : 'is shown to beat'} by more than ${percent(tune.rules.within)}`;
}

/** Of a tune whose budget was short. */
export function notExcludedText({ tune, answer }: Answered): string | null {
  const open = tune.unscreened;
  if (!tune.hurried && open === 0) return null;
  const close = answer.standings.filter(({ state, ratio }) => state === 'as good' && (ratio ?? 0) > 1);
  const better =
    tune.hurried && close.length > 0
      ? `that ${listed(close.slice(0, 3).map(({ id }) => id))} do better`
      : null;
  const unseen = open > 0 ? `${count(open)} of ${count(tune.points.length)} points` : null;
  const said = [better, unseen].filter(part => part !== null);
  return said.length === 0
    ? null
    : `Not excluded within this budget: ${said.join(', and ')}; ${moreText(tune)}`;
}

/** Of a tune without an answer. */
export function cutShortText(tune: Tune): string | null {
  return tune.hurried || tune.unscreened > 0
    ? `Not all was searched within this budget: ${moreText(tune)}`
    : null;
}

function moreText({ budgetMs }: Tune): string {
  return `--budget ${secondsText(2 * budgetMs)} tells more`;
}

/** As `--budget` takes it. */
export function secondsText(ms: number): string {
  return `${Math.ceil(ms / 1_000)}s`;
}
