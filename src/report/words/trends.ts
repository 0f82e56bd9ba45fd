import type { ScenarioTrends, TrendChange, TrendPoint, TrendSeries } from '../../schema/index.js';
import { count, ratioInterval, times } from '../format.js';
import { listed, quoted } from './labels.js';
import { nameText, plainNameText, runRatioText } from './run-changes.js';

/** With fewer runs nobody can tell a change. */
const FEWEST_RUNS = 3;
const COMMIT_DIGITS = 10;

/** How change points are found, and what that is worth. */
export const TREND_METHOD =
  'A change point is where the weighted mean of a stretch of runs is farther from that of the others than chance makes it: circular binary segmentation (Olshen et al., 2004) with a permutation test, each run with the standard error of its forks. Of series in which nothing changed at most 5 in 100 have one.';

/** `2026-03-04`, with the time of the day where another run of the series is of the same day. */
export function dayText({ startedAt }: TrendPoint, { points }: Pick<TrendSeries, 'points'>): string {
  const day = startedAt.slice(0, 10);
  const isAlone = points.filter(point => point.startedAt.startsWith(day)).length === 1;
  return isAlone ? day : startText(startedAt);
}

/** `2026-03-04 14:05`, in UTC. */
export function startText(startedAt: string): string {
  return startedAt.slice(0, 16).replace('T', ' ');
}

/** The commit where there is one, else the file. */
export function runText({ commit, run }: Pick<TrendPoint, 'commit' | 'run'>): string {
  return commit === null ? run : commit.slice(0, COMMIT_DIGITS);
}

/** `0.83× [0.80, 0.87]`. */
export function trendChangeText({ change, low, high }: TrendChange): string {
  const { value, interval } = ratioInterval(change, low, high);
  return `${value}× ${interval}`;
}

/** `since 2026-03-04 queue/limited 1.8× → 1.5× (0.83× [0.80, 0.87])`. */
export function changeSentence(change: TrendChange, series: TrendSeries, baseline: string): string {
  const first = series.points[change.at]!;
  const commit = first.commit === null ? '' : ` (${runText(first)})`;
  const pair = quoted(`${plainNameText(series.executor)}/${plainNameText(baseline)}`);
  const levels = `${times(change.before)} → ${times(change.after)}`;
  return `since ${dayText(first, series)}${commit} ${pair} ${levels} (${trendChangeText(change)})`;
}

/** The verdict of a scenario, without a full stop: the latest change, or that there is none. */
export function trendHeadline(scenario: ScenarioTrends): string {
  const { series, baseline, of, baselineCommits } = scenario;
  if (baselineCommits > 1)
    return `No trend: ${nameText(baseline)} stands for ${baselineCommits} revisions in these runs, so that their ratios are not of one thing`;
  const changes = changeSentences(scenario);
  const [sentence] = changes;
  if (sentence !== undefined) {
    const figure = of === 'throughput' ? '' : ` (${of})`;
    const more = changes.length === 1 ? '' : `; ${changes.length - 1} more below`;
    return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}${figure}${more}`;
  }
  if (series.length === 0) return 'No ratio: a trend needs two executors that were measured side by side';
  const runs = Math.max(...series.map(({ points }) => points.length));
  if (runs < FEWEST_RUNS) return `Too few runs to say: ${runs}, and a change takes ${FEWEST_RUNS}`;
  if (series.length === 1) {
    const [only] = series;
    const last = runRatioText({ ...only!.points.at(-1)!, forkLogRatios: [] });
    return `No change found in ${count(runs)} runs: ${nameText(only!.executor)} is ${last} ${nameText(baseline)}`;
  }
  return `No change found in ${series.length} executors over ${count(runs)} runs`;
}

/** Of all executors, the latest first. */
export function changeSentences({ series, baseline }: ScenarioTrends): string[] {
  return series
    .flatMap(one => one.changes.map(change => ({ one, change, start: one.points[change.at]!.startedAt })))
    .toSorted((a, b) => b.start.localeCompare(a.start))
    .map(({ one, change }) => changeSentence(change, one, baseline));
}

/** `no change found`, `too few runs`. */
export function lastChangeText(series: TrendSeries, { baselineCommits }: ScenarioTrends): string {
  if (baselineCommits > 1) return 'not one thing';
  const last = series.changes.at(-1);
  if (last !== undefined)
    return `since ${dayText(series.points[last.at]!, series)}: ${trendChangeText(last)}`;
  return series.points.length < FEWEST_RUNS ? 'too few runs to say' : 'no change found';
}

export interface IgnoredFile {
  readonly name: string;
  /** Such as `an empty file`. */
  readonly reason: string;
}

const MOST_NAMED = 5;

/** `a.json (JSON without a schemaVersion), b.json (an empty file) and 3 more`. */
export function ignoredText(ignored: readonly IgnoredFile[]): string {
  const named = ignored.slice(0, MOST_NAMED).map(({ name, reason }) => `${name} (${reason})`);
  const more = ignored.length - named.length;
  return listed([...named, ...(more > 0 ? [`${more} more`] : [])]);
}

/** Which of several plans of one name it is: by its days. Null: there is but one. */
export function planText(scenario: ScenarioTrends): string | null {
  const { plans } = scenario;
  if (plans === 1) return null;
  const days = planDays(scenario);
  const range = days === null ? '' : `, measured ${days}`;
  return `one of ${plans} plans of this name, which differ in their tasks or executors${range}`;
}

/** Null: there is but one plan, or no ratio of it. */
export function planDays({ plans, series }: ScenarioTrends): string | null {
  return plans === 1 ? null : daysOf(series);
}

/** `2026-01-03 to 2026-03-04`; null: there is no run. */
export function daysOf(series: readonly TrendSeries[]): string | null {
  const days = series.flatMap(({ points }) => points.map(({ startedAt }) => startedAt.slice(0, 10))).sort();
  const [first] = days;
  if (first === undefined) return null;
  const last = days.at(-1)!;
  return first === last ? first : `${first} to ${last}`;
}
