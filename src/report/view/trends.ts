import type { MachineTrends, ScenarioTrends, TrendPoint, TrendSeries, Trends } from '../../schema/index.js';
import { count, exactNumber, NONE, ratioInterval } from '../format.js';
import { harmlessData, truncate } from '../text.js';
import { listed, placeTitle } from '../words/labels.js';
import { nameText, runRatioText } from '../words/run-changes.js';
import {
  changeSentence,
  changeSentences,
  daysOf,
  dayText,
  type IgnoredFile,
  ignoredText,
  lastChangeText,
  planDays,
  planText,
  runText,
  startText,
  TREND_METHOD,
  trendChangeText,
  trendHeadline,
} from '../words/trends.js';
import { intervalOf } from './figure.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { NoteView, TableView } from './types.js';

/** A folder of runs, read. */
export interface FolderTrends {
  readonly folder: string;
  readonly trends: Trends;
  readonly ignored: readonly IgnoredFile[];
}

/** What is said of many runs together, decided once for every format. Foreign text in it is harmless, and not escaped. */
export interface TrendsView {
  readonly title: string;
  readonly facts: readonly string[];
  readonly notes: readonly NoteView[];
  readonly machines: readonly MachineTrendsView[];
  /** How changes are found. */
  readonly method: string;
  readonly executors: readonly string[];
}

export interface MachineTrendsView {
  readonly facts: readonly string[];
  readonly groups: readonly TrendGroupView[];
}

/** A scenario, in this order. */
export interface TrendGroupView {
  readonly title: string;
  /** The title, and what tells it from others of that title. */
  readonly label: string;
  /** One sentence, without a full stop. */
  readonly headline: string;
  readonly description: readonly string[];
  /** Null: no run has a ratio. */
  readonly table: TableView | null;
  /** All changes, the latest first. */
  readonly changes: readonly NoteView[];
  readonly series: readonly TrendSeriesView[];
  readonly notes: readonly NoteView[];
}

/** For charts: numbers. */
export interface TrendSeriesView {
  /** `queue ÷ limited`. */
  readonly title: string;
  /** One of the view's `executors`. */
  readonly executor: string;
  readonly points: readonly TrendPointView[];
  /** Between change points; null: too few runs to say. */
  readonly levels: readonly TrendLevelView[];
  readonly changes: readonly { readonly atMs: number; readonly text: string }[];
  readonly description: string;
  readonly table: TableView;
}

export interface TrendPointView {
  readonly atMs: number;
  readonly ratio: number;
  readonly interval: readonly [low: number, high: number] | null;
  readonly isWeak: boolean;
  /** What a hover says. */
  readonly text: string;
}

export interface TrendLevelView {
  readonly fromMs: number;
  readonly toMs: number;
  readonly ratio: number;
}

const LONGEST_FOLDER = 60;
const LONGEST_RUN = 48;

export function trendsView(untrusted: FolderTrends): TrendsView {
  const { folder, trends, ignored } = harmlessData(untrusted);
  const { machines } = trends;
  const series = machines.flatMap(({ scenarios }) => scenarios.flatMap(one => one.series));
  return {
    title: `Trends of ${truncate(folder, LONGEST_FOLDER)}`,
    facts: factsOf(machines, series),
    notes: ignored.length === 0 ? [] : [{ label: 'ignored', text: ignoredText(ignored), tone: 'quiet' }],
    machines: machines.map(one => machineView(one, machines.length > 1)),
    method: TREND_METHOD,
    executors: [...new Set(series.map(({ executorName }) => executorName))],
  };
}

function factsOf(machines: readonly MachineTrends[], series: readonly TrendSeries[]): string[] {
  const runs = machines.reduce((sum, one) => sum + one.runs, 0);
  const days = daysOf(series);
  return [
    runsText(runs),
    ...(days === null ? [] : [days]),
    ...(machines.length > 1 ? [`${machines.length} machines or Nodes, each by itself`] : []),
  ];
}

function runsText(runs: number): string {
  return `${count(runs)} ${runs === 1 ? 'run' : 'runs'}`;
}

function machineView(machine: MachineTrends, isOneOfSeveral: boolean): MachineTrendsView {
  const { cpuModel, platform, cores, cgroupCores, node, runs, scenarios } = machine;
  const limited = cgroupCores !== null && cgroupCores < cores ? `${exactNumber(cgroupCores)} of ` : '';
  const name = isOneOfSeveral ? truncate(`${cpuModel}, Node ${node}`, LONGEST_RUN) : null;
  const facts = [
    cpuModel,
    `${limited}${cores} ${cores === 1 ? 'core' : 'cores'}`,
    platform,
    `Node ${node}`,
    runsText(runs),
  ];
  return { facts: facts.filter(fact => fact !== ''), groups: scenarios.map(one => groupOf(one, name)) };
}

/** @param machine null: there is but one */
function groupOf(scenario: ScenarioTrends, machine: string | null): TrendGroupView {
  const { baseline, series, invalidRuns } = scenario;
  const plan = planText(scenario);
  const days = planDays(scenario);
  const heading = placeTitle(scenario);
  const changes = changeSentences(scenario);
  return {
    title: heading,
    label: [heading, ...(days === null ? [] : [days]), ...(machine === null ? [] : [machine])].join(' · '),
    headline: trendHeadline(scenario),
    description: plan === null ? [] : [plan],
    table: series.length === 0 ? null : seriesTable(scenario),
    // One is the headline.
    changes: changes.length < 2 ? [] : changes.map(text => ({ label: 'changed', text, tone: null })),
    series: series.map(one => seriesView(one, baseline)),
    notes: [
      ...(invalidRuns === 0
        ? []
        : [{ label: 'left out', text: `${invalidRuns} of its runs, which are INVALID`, tone: null }]),
      ...movingNote(scenario),
      ...fewForksNote(series),
    ],
  };
}

function movingNote({ baselineCommits }: ScenarioTrends): NoteView[] {
  if (baselineCommits < 2) return [];
  const text = `each ratio says what its own commits differ in; for a trend let what they are compared with stay, as in --worktree v1.0,HEAD`;
  return [{ label: 'moves', text, tone: null }];
}

function fewForksNote(series: readonly TrendSeries[]): NoteView[] {
  const named = series.flatMap(({ executor, points }) => {
    const few = points.filter(({ low }) => low === null).length;
    return few === 0 ? [] : [`${few} of ${nameText(executor)}`];
  });
  if (named.length === 0) return [];
  const text = `runs with fewer than three forks are drawn, and say nothing of a change: ${listed(named)}`;
  return [{ label: 'few forks', text, tone: null }];
}

/** The column of it is for texts alone. */
export const SPARKLINE = 'trend';

function seriesTable(scenario: ScenarioTrends): TableView {
  const { baseline, series } = scenario;
  const columns = [
    left(`÷ ${nameText(baseline)}`, NEVER_DROPPED, ({ executor }: TrendSeries) => nameText(executor)),
    right('runs', 6, ({ points }: TrendSeries) => count(points.length)),
    right('first', 7, ({ points }: TrendSeries) => pointText(points[0]!)),
    right('last', 9, ({ points }: TrendSeries) => pointText(points.at(-1)!)),
    left(SPARKLINE, 8, sparkline),
    left('change', 10, (one: TrendSeries) => lastChangeText(one, scenario)),
  ];
  return tableOf(columns, series, { executor: one => one.executorName });
}

function pointText(point: TrendPoint): string {
  return runRatioText({ ...point, forkLogRatios: [] });
}

const BLOCKS = '▁▂▃▄▅▆▇█';
const MOST_BLOCKS = 24;

/** Over all heights; what is nearer to each other looks so. */
const LEAST_SPAN_LOG = Math.log(1.1);

/** The latest runs, from the lowest to the highest of them. */
function sparkline({ points }: TrendSeries): string {
  const logs = points.slice(-MOST_BLOCKS).map(({ ratio }) => Math.log(ratio));
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const span = Math.max(most - least, LEAST_SPAN_LOG);
  const bottom = (least + most - span) / 2;
  return logs
    .map(log => {
      const share = (log - bottom) / span;
      return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))]!;
    })
    .join('');
}

function seriesView(series: TrendSeries, baseline: string): TrendSeriesView {
  const { executor, executorName, points, changes } = series;
  const [first, last] = [points[0]!, points.at(-1)!];
  const ends =
    points.length === 1
      ? `one run, ${pointText(first)} on ${dayText(first, series)}`
      : `${points.length} runs, from ${pointText(first)} on ${dayText(first, series)} to ${pointText(last)} on ${dayText(last, series)}`;
  return {
    title: `${nameText(executor)} ÷ ${nameText(baseline)}`,
    executor: executorName,
    points: points.map(pointView),
    levels: levelsOf(series),
    changes: changes.map(change => ({
      atMs: Date.parse(points[change.at]!.startedAt),
      text: trendChangeText(change),
    })),
    description: [ends, ...changes.map(change => changeSentence(change, series, baseline))].join('; '),
    table: runsTable(series),
  };
}

function pointView(point: TrendPoint): TrendPointView {
  const { startedAt, ratio, forks, validity, run, commit } = point;
  const interval = intervalText(point);
  const parts = [
    `${startText(startedAt)} UTC`,
    ...(commit === null ? [] : [runText(point)]),
    truncate(run, LONGEST_RUN),
    `${pointText(point)}${interval === '' ? '' : ` ${interval}`}`,
    `${forks} ${forks === 1 ? 'fork' : 'forks'}`,
    ...(validity === 'WEAK' ? ['WEAK'] : []),
  ];
  return {
    atMs: Date.parse(startedAt),
    ratio,
    interval: intervalOf(point),
    isWeak: validity === 'WEAK',
    text: parts.join(' · '),
  };
}

function intervalText({ ratio, low, high }: TrendPoint): string {
  return low === null || high === null ? '' : ratioInterval(ratio, low, high).interval;
}

/** Of each stretch between changes the mean that `changes` has; without any there is no level to tell. */
function levelsOf({ points, changes }: TrendSeries): TrendLevelView[] {
  if (changes.length === 0) return [];
  const starts = [0, ...changes.map(({ at }) => at)];
  return starts.map((start, part) => {
    const end = starts[part + 1] ?? points.length;
    const ratio = part === 0 ? changes[0]!.before : changes[part - 1]!.after;
    const at = (index: number) => Date.parse(points[index]!.startedAt);
    return { fromMs: at(start), toMs: at(end - 1), ratio };
  });
}

function runsTable(series: TrendSeries): TableView {
  const hasCommits = series.points.some(({ commit }) => commit !== null);
  const rows = series.points.map((point, at) => ({
    point,
    change: series.changes.find(one => one.at === at) ?? null,
  }));
  type Row = (typeof rows)[number];
  const columns = [
    left('started (UTC)', NEVER_DROPPED, ({ point }: Row) => startText(point.startedAt)),
    ...(hasCommits
      ? [left('commit', 5, ({ point }: Row) => (point.commit === null ? NONE : runText(point)))]
      : []),
    left('file', 4, ({ point }: Row) => truncate(point.run, LONGEST_RUN)),
    right('ratio', 10, ({ point }: Row) => pointText(point)),
    right('95 % interval', 8, ({ point }: Row) => intervalText(point) || NONE),
    right('forks', 6, ({ point }: Row) => count(point.forks)),
    left('remark', 7, ({ point, change }: Row) =>
      remarkOf(point, change === null ? null : trendChangeText(change)),
    ),
  ];
  return tableOf(columns, rows);
}

function remarkOf({ validity }: TrendPoint, change: string | null): string {
  return [...(change === null ? [] : [`change ${change}`]), ...(validity === 'WEAK' ? ['WEAK'] : [])].join(
    ', ',
  );
}
