/**
 * The types that flow from plan to report. No logic.
 *
 * Units are in the names: `…Ms` milliseconds, `…Ns` nanoseconds, `…Bytes` bytes, `…Share` 0 … 1, `…PerSecond`.
 */

/** Raised when a field of the results file changes its meaning or goes away. */
export const SCHEMA_VERSION = 1;

// ---------------------------------------------------------------- parameters

export type ParamValue = string | number | boolean | { readonly [key: string]: string };
export type Params = Readonly<Record<string, ParamValue>>;

/** A parameter of a workload or an option of an executor, as plain data: validated in the CLI, listed by `list`. */
export type ParamSpec =
  | {
      readonly kind: 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly integer?: boolean;
      readonly summary: string;
    }
  | {
      readonly kind: 'choice';
      readonly default: string;
      readonly choices: readonly string[];
      readonly summary: string;
    }
  | { readonly kind: 'boolean'; readonly default: boolean; readonly summary: string }
  | { readonly kind: 'text'; readonly default: string; readonly summary: string }
  /** An object of strings, given as JSON: `--param headers='{"accept":"text/html"}'`. */
  | {
      readonly kind: 'record';
      readonly default: { readonly [key: string]: string };
      readonly summary: string;
    };

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

// ---------------------------------------------------------------- the plan

export type WorkloadKind = 'wait' | 'cpu' | 'mixed' | 'libuv' | 'blocking';

/** What an executor starts its tasks on; decides how many cores its ideal may use. */
export type ExecutorKind = 'loop' | 'threads' | 'processes';

/** Where code of the same module is found by name: the registry resolves built-ins, a path is a user's own. */
export interface ModuleRef {
  readonly name: string;
  /** `file:` URL of the module whose default export is the workload or executor. */
  readonly moduleUrl: string;
}

/** All tasks are there at the start (closed). Other loads come later. */
export interface Load {
  readonly kind: 'batch';
}

/** A variant's place along an axis: `{name: 'threads', value: 2}`, `{name: 'param.cpuMs', value: 5}`. */
export interface AxisPoint {
  readonly name: string;
  readonly value: ParamValue;
}

export interface ExecutorVariant extends ModuleRef {
  /** Unique in its scenario: the name, and the options that tell the variants of one executor apart. */
  readonly id: string;
  readonly kind: ExecutorKind;
  readonly options: Params;
  /** 1 for a loop. */
  readonly threads: number;
  /** Limit for the whole executor; `promise-all` applies it to its connections only. */
  readonly inFlight: number;
  readonly inFlightPerWorker: number;
  /** Tasks that can really wait at the same time: 1, a batch, the connections, or all. Makes the ideal. */
  readonly concurrency: number;
  readonly axis: AxisPoint | null;
}

export interface ScenarioWorkload extends ModuleRef {
  readonly kind: WorkloadKind;
  /** Requests a task sends to the embedded origin; 0: the count of the origin proves nothing. */
  readonly requestsPerTask: number;
  /** Whether the computing kernel is calibrated before the run. */
  readonly needsCalibration: boolean;
}

export interface Scenario {
  /** Name as asked for; variants of one scenario share it. */
  readonly name: string;
  /** Unique in the plan. */
  readonly id: string;
  /** Heading in reports, e.g. `WAITING`. */
  readonly title: string;
  readonly workload: ScenarioWorkload;
  readonly params: Params;
  readonly tasks: number;
  readonly load: Load;
  /** As asked, before rounding to the thread counts. */
  readonly inFlight: number;
  readonly executors: readonly ExecutorVariant[];
  /** Id of the executor the others are compared with. */
  readonly baseline: string;
  readonly axis: AxisPoint | null;
  readonly taskTimeoutMs: number;
  /** Share of failed tasks past which the scenario is INVALID. */
  readonly maxFailedShare: number;
  readonly origin: OriginSettings | null;
  /** Notes made while planning, such as a rounded in-flight limit. */
  readonly planWarnings: readonly Warning[];
  readonly measurement: Measurement;
}

/** How much is measured. */
export interface Measurement {
  /** A number fixes the forks beforehand; null: stop by precision or budget. */
  readonly forks: number | null;
  readonly minForks: number;
  readonly maxForks: number;
  readonly rounds: number;
  /** Wanted half-width of the interval as a share, e.g. 0.03. */
  readonly precision: number;
  /** Per scenario. */
  readonly budgetMs: number;
}

export interface Plan {
  readonly suite: string | null;
  readonly seed: number;
  readonly scenarios: readonly Scenario[];
}

// ---------------------------------------------------------------- the origin

export type LatencyDistribution =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  /** `medianMs` is e^µ; `sigma` the standard deviation of ln(latency). */
  | { readonly kind: 'lognormal'; readonly medianMs: number; readonly sigma: number };

export interface OriginSettings {
  readonly latency: LatencyDistribution;
  /** Size of a body is padded to at least this; HTML pages are made of this size. */
  readonly payloadBytes: number;
  /** Share of requests answered 500. */
  readonly errorRate: number;
  /** Share of requests whose connection is reset. */
  readonly resetRate: number;
  /** Share of requests that are never answered. */
  readonly stallRate: number;
  /** Share of requests answered with JSON that does not parse. */
  readonly brokenRate: number;
  /** True: 503 to a client whose User-Agent does not look like a browser's. */
  readonly browsersOnly: boolean;
  /** Simultaneous requests past which `overLimit` applies; 0: no limit. */
  readonly limit: number;
  readonly overLimit: 'slow' | '503';
}

/** What the origin counted between two snapshots. */
export interface OriginCounters {
  readonly requests: number;
  readonly responses: number;
  readonly connections: number;
  readonly maxConcurrency: number;
  readonly meanConcurrency: number;
  readonly cpuMs: number;
  readonly elapsedMs: number;
  /** 0 … 1, of the origin's event loop. */
  readonly loopUtilization: number;
}

// ---------------------------------------------------------------- what a trial measured

/** Percentiles are null below the number of samples that they need: p99 1,000, p99.9 10,000. */
export interface Distribution {
  readonly count: number;
  readonly min: number | null;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

export interface Outcomes {
  readonly issued: number;
  readonly completed: number;
  readonly cancelled: number;
  /** Failed tasks by kind: `timeout`, `refused`, `reset`, `http-500`, `bad-json`, `error`, … */
  readonly failed: Readonly<Record<string, number>>;
}

/** What a bystander on the host's main loop felt. */
export interface LoopDelay {
  /** 0 … 1. */
  readonly utilization: number;
  /** Σ gap² ÷ 2 ÷ wall: the mean wait of somebody who comes at a random time. */
  readonly meanWaitMs: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** One trial as its host saw it. */
export interface TrialFigures {
  readonly wallMs: number;
  readonly throughputPerSecond: number;
  readonly latencyMs: Distribution;
  readonly waitMs: Distribution;
  readonly serviceMs: Distribution;
  readonly deliveryMs: Distribution;
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  readonly cpuMs: number;
  readonly cpuMsPerTask: number | null;
  readonly coresUsed: number;
  readonly peakRssBytes: number;
  /** RSS of the host before its first trial. */
  readonly idleRssBytes: number;
  readonly pssBytes: number | null;
  readonly involuntarySwitches: number;
  readonly loop: LoopDelay;
  readonly outcomes: Outcomes;
  /** Results and failures that reached the host's main thread. */
  readonly received: number;
}

interface TrialPlace {
  readonly fork: number;
  /** 0 is the cold trial of the fork. */
  readonly round: number;
  /** Place within the round, from 0. */
  readonly position: number;
  readonly cold: boolean;
}

export interface MeasuredTrial extends TrialPlace, TrialFigures {
  readonly state: 'measured';
  readonly origin: OriginCounters | null;
  /** Reasons why this trial must not count (counts disagree, …); empty for a good one. */
  readonly faults: readonly string[];
}

export interface LostTrial extends TrialPlace {
  readonly state: 'lost';
  readonly reason: string;
}

export type TrialResult = MeasuredTrial | LostTrial;

// ---------------------------------------------------------------- the results file

/** `low` and `high` are the 95 % interval, null where there is none. */
export interface Estimate {
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Ideal {
  readonly perSecond: number;
  readonly limitedBy: 'waiting' | 'cpu';
  /** Of the executor's throughput in the ideal; above 1 is not clipped. */
  readonly share: number | null;
}

/** A task alone: one at a time, nothing else running. */
export interface TaskAlone {
  readonly tasks: number;
  readonly serviceMs: number;
  readonly cpuMs: number;
}

export interface ExecutorResult {
  readonly id: string;
  readonly name: string;
  readonly kind: ExecutorKind;
  readonly options: Params;
  readonly threads: number;
  readonly inFlight: number;
  readonly axis: AxisPoint | null;
  /** Forks with at least one measured trial. */
  readonly forks: number;
  /** Measured trials. */
  readonly rounds: number;
  /** Its trials are the cold ones: too slow for a warm trial in the budget. */
  readonly coldOnly: boolean;
  readonly startupMs: number | null;
  readonly coldWallMs: number | null;
  readonly throughputPerSecond: Estimate;
  readonly wallMs: Estimate;
  readonly latencyMs: Distribution;
  readonly waitMs: Distribution;
  readonly serviceMs: Distribution;
  readonly deliveryMs: Distribution;
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  readonly cpuMsPerTask: number | null;
  readonly coresUsed: number | null;
  readonly peakRssBytes: number | null;
  readonly idleRssBytes: number | null;
  readonly pssBytes: number | null;
  readonly loop: LoopDelay | null;
  readonly ideal: Ideal | null;
  /** Totals over the measured trials. */
  readonly outcomes: Outcomes;
  readonly outlierTrials: number;
  readonly lostTrials: number;
  readonly trials: readonly TrialResult[];
}

export type Verdict = 'faster' | 'slower' | 'no difference shown' | 'too few forks to say';

/** Ratio of throughputs, executor ÷ baseline, within rounds. */
export interface Comparison {
  readonly executor: string;
  readonly baseline: string;
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Smallest and largest ratio of a fork: what is shown where there is no interval. */
  readonly range: readonly [number, number] | null;
  readonly forks: number;
  /** Two-sided p of the t-test on forks, before Holm's correction; null below 3 forks. */
  readonly p: number | null;
  /** Holds after Holm's correction over the comparisons of the scenario. */
  readonly significant: boolean;
  readonly verdict: Verdict;
  /** One log ratio per fork, for comparing saved runs later. */
  readonly forkLogRatios: readonly number[];
}

export type ValidityState = 'VALID' | 'WEAK' | 'INVALID';

export interface Validity {
  readonly state: ValidityState;
  readonly reasons: readonly string[];
}

export interface Warning {
  /** A stable word for programs: `rounded-in-flight`, `once-a-fork`, … */
  readonly code: string;
  /** What is the matter, and what to do. */
  readonly message: string;
}

export interface ScenarioResult {
  readonly name: string;
  readonly id: string;
  readonly title: string;
  readonly workload: string;
  readonly kind: WorkloadKind;
  readonly params: Params;
  readonly tasks: number;
  readonly load: Load;
  readonly inFlight: number;
  readonly axis: AxisPoint | null;
  readonly baseline: string;
  readonly validity: Validity;
  readonly warnings: readonly Warning[];
  /** Why no further fork was run. */
  readonly stoppedBy: StopReason;
  readonly elapsedMs: number;
  readonly alone: TaskAlone | null;
  /** Id of the executor that is faster than every other, after Holm; null where none is. */
  readonly winner: string | null;
  readonly executors: readonly ExecutorResult[];
  readonly comparisons: readonly Comparison[];
}

export type StopReason = 'precision' | 'budget' | 'max-forks' | 'fixed' | 'interrupted' | 'lost';

export interface Environment {
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly arch: string;
  readonly osRelease: string;
  readonly cpuModel: string;
  readonly cores: number;
  /** Cores the cgroup allows, fractional; null without a limit. */
  readonly cgroupCores: number | null;
  /** What `threads` defaults to. */
  readonly availableParallelism: number;
  readonly memoryBytes: number;
  readonly governor: string | null;
  readonly loadAverage1m: number;
  /** Share of CPU time stolen by the hypervisor during the run; null where unknown. */
  readonly stealShare: number | null;
  readonly uvThreadpoolSize: number;
  readonly nodeOptions: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Iterations of the `cpu` workload that take a millisecond; null when no workload needed it. */
  readonly cpuIterationsPerMs: number | null;
}

export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly generator: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly seed: number;
  readonly environment: Environment;
  readonly plan: Plan;
  readonly interrupted: boolean;
  readonly scenarios: readonly ScenarioResult[];
}
