import type { RatioOf } from './comparison.js';
import type { Validity } from './executor-result.js';
import type { AxisPoint } from './params.js';

/** What many saved runs say together: never a file, so that nothing has to check it. */
export interface Trends {
  /** Runs of one machine and Node major; those with most runs first. */
  readonly machines: readonly MachineTrends[];
}

export interface MachineTrends {
  readonly cpuModel: string;
  readonly platform: string;
  readonly cores: number;
  readonly cgroupCores: number | null;
  /** Major alone. */
  readonly node: string;
  readonly runs: number;
  readonly scenarios: readonly ScenarioTrends[];
}

/** A scenario as it was planned alike in all these runs. */
export interface ScenarioTrends {
  readonly id: string;
  readonly title: string;
  readonly axis: AxisPoint | null;
  readonly of: RatioOf;
  /** Id of the planned baseline. */
  readonly baseline: string;
  /** Of how many plans of this name this is one. */
  readonly plans: number;
  /**
   * How many commits the baseline was in these runs: more than one where its label moves with each commit, as `HEAD~1` does, so
   * that a ratio tells what one commit changed, and no series how one thing went. 0: it is no revision.
   */
  readonly baselineCommits: number;
  /** Runs that have it, in which it is INVALID. */
  readonly invalidRuns: number;
  readonly series: readonly TrendSeries[];
}

/** An executor's ratio to the baseline from run to run. */
export interface TrendSeries {
  /** Of the variant. */
  readonly executor: string;
  /** By which it looks alike everywhere. */
  readonly executorName: string;
  readonly isLoop: boolean;
  /** In the order of time. */
  readonly points: readonly TrendPoint[];
  readonly changes: readonly TrendChange[];
}

export interface TrendPoint {
  /** File of the run. */
  readonly run: string;
  readonly startedAt: string;
  readonly commit: string | null;
  readonly ratio: number;
  /** Null: too few forks. */
  readonly low: number | null;
  readonly high: number | null;
  readonly forks: number;
  readonly validity: Validity;
}

export interface TrendChange {
  /** Index of the first point after it. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
  /** after ÷ before, with its 95 % interval. */
  readonly change: number;
  readonly low: number;
  readonly high: number;
}
