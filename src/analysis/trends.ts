import { createHash } from 'node:crypto';
import { groupBy } from '../group-by.js';
import type {
  ExecutorVariant,
  MachineTrends,
  Report,
  ScenarioResult,
  ScenarioTrends,
  TrendChange,
  TrendPoint,
  TrendSeries,
  Trends,
} from '../schema/index.js';
import { changePoints, type MeasuredPoint } from '../stats/change-points.js';
import { FORKS_FOR_INTERVAL, meanOf, standardErrorOf } from '../stats/comparison.js';
import { RATIO_STEP_LOG } from '../stats/histogram.js';
import { tQuantile } from '../stats/student-t.js';
import { isColdRatio, ratioBetween } from './ratio-between.js';
import { comparedOf, executorKey, machineKey, majorOf, scenarioKey } from './run-differences.js';

const QUANTILE = 0.975;

/** What trends need of a run: a thousandth of it, so that any number of them has room. */
export interface TrendRun {
  readonly name: string;
  readonly startedAt: string;
  /** The same of copies of one run. */
  readonly identity: string;
  /** Those with the same may be compared. */
  readonly machineKey: string;
  readonly machine: Pick<MachineTrends, 'cpuModel' | 'platform' | 'cores' | 'cgroupCores' | 'node'>;
  readonly scenarios: readonly ScenarioDigest[];
}

interface ScenarioDigest extends Pick<ScenarioTrends, 'id' | 'title' | 'axis' | 'of' | 'baseline'> {
  readonly key: string;
  /** Of the baseline's revision; null: it has none. */
  readonly baselineCommit: string | null;
  readonly isInvalid: boolean;
  readonly ratios: readonly RatioDigest[];
}

interface RatioDigest extends Pick<TrendSeries, 'executor' | 'executorName' | 'isLoop'> {
  readonly key: string;
  readonly point: TrendPoint;
  /** Null: too few forks for a standard error. */
  readonly measured: MeasuredPoint | null;
}

/** Pure. */
export function trendRunOf(name: string, report: Report): TrendRun {
  const { startedAt, seed, elapsedMs, environment } = report;
  const { cpuModel, platform, arch, cores, cgroupCores, node } = environment;
  return {
    name,
    startedAt,
    identity: `${startedAt} ${seed} ${elapsedMs}`,
    machineKey: short(machineKey(report)),
    machine: {
      cpuModel: cpuModel.trim(),
      platform: `${platform} ${arch}`,
      cores,
      cgroupCores,
      node: majorOf(node),
    },
    scenarios: comparedOf(report).map(result => digestOf(result, name, report)),
  };
}

/** Keys are as long as options are: a run keeps but a sum of them. */
function short(key: string): string {
  return createHash('sha256').update(key).digest('base64');
}

function digestOf(result: ScenarioResult, name: string, report: Report): ScenarioDigest {
  const { id, title, axis, baseline, executors } = result.scenario;
  const isInvalid = result.validity === 'INVALID';
  const of = result.comparisons[0]?.of ?? 'throughput';
  const anchor = executors.find(variant => variant.id === baseline);
  return {
    id,
    title,
    axis,
    of,
    baseline,
    key: short(`${scenarioKey(result)} ${of} ${anchor === undefined ? '' : executorKey(anchor)} ${baseline}`),
    baselineCommit: commitOf(anchor, report),
    isInvalid,
    ratios: isInvalid
      ? []
      : executors
          .filter(variant => variant.id !== baseline)
          .flatMap(variant => ratioDigest(result, variant, name, report) ?? []),
  };
}

/** A working tree with changes is like no other; null: no revision. */
function commitOf(variant: ExecutorVariant | undefined, { startedAt }: Report): string | null {
  if (variant?.revision == null) return null;
  return variant.revision.commit ?? startedAt;
}

function ratioDigest(
  result: ScenarioResult,
  variant: ExecutorVariant,
  run: string,
  { startedAt, commit = null }: Report,
): RatioDigest | null {
  const found = ratioBetween(result, variant.id, result.scenario.baseline);
  if (found === null || found.ratio === null) return null;
  const { ratio, low, high, forks, of, forkLogRatios } = found;
  return {
    executor: variant.id,
    executorName: variant.name,
    isLoop: !variant.capabilities.workers,
    key: short(`${executorKey(variant)} ${isColdRatio(result, variant.id, result.scenario.baseline)}`),
    point: { run, startedAt, commit, ratio, low, high, forks, validity: result.validity },
    measured: measuredOf(forkLogRatios, of === 'throughput' ? 0 : RATIO_STEP_LOG),
  };
}

/** @param stepLog that a percentile of a histogram is known to */
function measuredOf(forkLogRatios: readonly number[], stepLog: number): MeasuredPoint | null {
  const forks = forkLogRatios.length;
  if (forks < FORKS_FOR_INTERVAL) return null;
  const degreesOfFreedom = forks - 1;
  const standardError = Math.max(
    standardErrorOf(forkLogRatios),
    stepLog / tQuantile(QUANTILE, degreesOfFreedom),
  );
  return { value: meanOf(forkLogRatios), standardError, degreesOfFreedom };
}

/**
 * How ratios went from run to run. Runs are set beside each other as far as `compare` would not refuse it: those of one
 * machine and Node major, and of them each scenario and executor that was planned alike. Of copies of one run the first
 * counts. Pure.
 */
export function trendsOf(runs: readonly TrendRun[]): Trends {
  const ordered = withoutCopies(runs).toSorted((a, b) => startOf(a) - startOf(b));
  const machines = [...groupBy(ordered, run => run.machineKey).values()].map(
    (alike): MachineTrends => ({
      ...alike.at(-1)!.machine,
      runs: alike.length,
      scenarios: scenariosOf(alike),
    }),
  );
  return { machines: machines.toSorted((a, b) => b.runs - a.runs) };
}

function withoutCopies(runs: readonly TrendRun[]): TrendRun[] {
  return [...groupBy(runs, ({ identity }) => identity).values()].map(([first]) => first!);
}

function startOf({ startedAt }: TrendRun): number {
  return Date.parse(startedAt);
}

function scenariosOf(runs: readonly TrendRun[]): ScenarioTrends[] {
  const all = runs.flatMap(({ scenarios }) => scenarios);
  return [...groupBy(all, ({ id }) => id).values()].flatMap(named => {
    const plans = [...groupBy(named, ({ key }) => key).values()];
    return plans.map(alike => scenarioTrends(alike, plans.length));
  });
}

function scenarioTrends(alike: readonly ScenarioDigest[], plans: number): ScenarioTrends {
  const { id, title, axis, of, baseline } = alike.at(-1)!;
  const ratios = alike.flatMap(one => one.ratios);
  const baselineCommits = new Set(alike.flatMap(({ baselineCommit }) => baselineCommit ?? [])).size;
  return {
    id,
    title,
    axis,
    of,
    baseline,
    plans,
    baselineCommits,
    invalidRuns: alike.filter(({ isInvalid }) => isInvalid).length,
    series: [...groupBy(ratios, ({ executor, key }) => `${executor} ${key}`).values()].map(one =>
      seriesOf(one, baselineCommits > 1),
    ),
  };
}

/** @param isMoving what the ratios are to is another thing from run to run: nothing of it can change */
function seriesOf(ratios: readonly RatioDigest[], isMoving: boolean): TrendSeries {
  const { executor, executorName, isLoop } = ratios.at(-1)!;
  return {
    executor,
    executorName,
    isLoop,
    points: ratios.map(({ point }) => point),
    changes: isMoving ? [] : changesOf(ratios),
  };
}

/** Of runs with forks enough; the others are drawn, and say nothing of a change. */
function changesOf(ratios: readonly RatioDigest[]): TrendChange[] {
  const known = ratios.flatMap(({ measured }, at) => (measured === null ? [] : [{ measured, at }]));
  return changePoints(known.map(({ measured }) => measured)).map(found => ({
    at: known[found.at]!.at,
    before: Math.exp(found.before),
    after: Math.exp(found.after),
    change: Math.exp(found.change),
    low: Math.exp(found.low),
    high: Math.exp(found.high),
  }));
}
