/**
 * The types that flow from plan to report. No logic.
 *
 * Units are in the names: `…Ms` milliseconds, `…Ns` nanoseconds, `…Bytes` bytes, `…Share` 0 … 1, `…PerSecond`.
 */

/** Raised when a field of the results file changes its meaning or goes away. */
export const SCHEMA_VERSION = 4;

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

export const WORKLOAD_KINDS = ['wait', 'cpu', 'mixed', 'libuv', 'blocking'] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

export const EXECUTOR_KINDS = ['loop', 'threads', 'processes'] as const;

/** What an executor starts its tasks on; decides how many cores its ideal may use. */
export type ExecutorKind = (typeof EXECUTOR_KINDS)[number];

/** Where code of the same module is found by name: the registry resolves built-ins, a path is a user's own. */
export interface ModuleRef {
  readonly name: string;
  /** `file:` URL of the module whose default export is the workload or executor. */
  readonly moduleUrl: string;
}

/** How tasks come. */
export type Load = BatchLoad | DurationLoad | RateLoad;

/** All tasks are there at the start (closed). */
export interface BatchLoad {
  readonly kind: 'batch';
}

/** In-flight is kept full for this long (closed), however many tasks that makes. */
export interface DurationLoad {
  readonly kind: 'duration';
  readonly durationMs: number;
}

/** Tasks arrive on a schedule that does not wait for anybody (open). */
export interface RateLoad {
  readonly kind: 'rate';
  readonly perSecond: number;
  /** `constant`: equal gaps; `poisson`: gaps drawn from an exponential distribution, seeded. */
  readonly arrivals: 'constant' | 'poisson';
  /** Tasks due and not delivered past which no more arrive, and the trial is overloaded: bounds its memory. */
  readonly maxBacklog: number;
}

/** What `--slo`, `--max-failed` and gates are made of: `p99<50ms`, `failed<=1%`. */
export interface Predicate {
  readonly metric: PredicateMetric;
  readonly operator: '<' | '<=' | '>' | '>=';
  /** Milliseconds of a latency, tasks per second of `throughput`, 0 … 1 of `failed`. */
  readonly value: number;
}

export type PredicateMetric = 'mean' | 'p50' | 'p90' | 'p99' | 'p99.9' | 'max' | 'throughput' | 'failed';

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
  /** Whether it calls `taskSync`: what is known of a task alone is known of `task`. */
  readonly sync: boolean;
  /** 1 for a loop. */
  readonly threads: number;
  /** Limit for the whole executor; `promise-all` applies it to its connections only. */
  readonly inFlight: number;
  readonly inFlightPerWorker: number;
  /** Tasks that can really wait at the same time: 1, a batch, the connections, or all. Makes the ideal. */
  readonly concurrency: number;
  readonly axis: AxisPoint | null;
  /** Parameters of the workload in which this variant differs from the scenario. */
  readonly params: Params;
  /** Threads of libuv's pool in its host (UV_THREADPOOL_SIZE); null: as the environment has it. */
  readonly uvThreads: number | null;
  readonly results: ResultsKept;
}

export const RESULTS_KEPT = ['drop', 'keep'] as const;

/** What becomes of results in measured trials: let go of as they come, or kept until the trial ends. */
export type ResultsKept = (typeof RESULTS_KEPT)[number];

export const RESULTS_COMPARED = ['contents', 'digest', 'sameResult', 'may differ'] as const;

/**
 * How it is shown that executors did the same work: by the contents of results, by what the workload's `digest` makes of
 * them, by its `sameResult`, or not at all, since they may differ.
 */
export type ResultsCompared = (typeof RESULTS_COMPARED)[number];

export interface ScenarioWorkload extends ModuleRef {
  readonly kind: WorkloadKind;
  /** Requests a task sends to the embedded origin; 0: the count of the origin proves nothing. */
  readonly requestsPerTask: number;
  /** Whether the computing kernel is calibrated before the run. */
  readonly needsCalibration: boolean;
  readonly resultsCompared: ResultsCompared;
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
  /** Of a trial; null in a duration load: as many as there is time for. */
  readonly tasks: number | null;
  readonly load: Load;
  /** As asked, before rounding to the thread counts. */
  readonly inFlight: number;
  readonly executors: readonly ExecutorVariant[];
  /** Id of the executor the others are compared with. */
  readonly baseline: string;
  readonly axis: AxisPoint | null;
  /** Data that goes to each task, and as much that comes back; 0: none. */
  readonly payloadBytes: number;
  /** What the waits of the program that this is modelled on were multiplied by. */
  readonly timeScale: number;
  readonly taskTimeoutMs: number;
  /** Kinds of failed tasks that belong to what is shown: they do not make the scenario INVALID. */
  readonly expectedFailures: readonly string[];
  /** Whether one trial of each executor is traced, task by task. */
  readonly timeline: boolean;
  readonly article: Article | null;
  /** About `failed`; where it does not hold the scenario is INVALID. */
  readonly maxFailed: Predicate;
  /** The objective: all of them must hold. Empty: none. */
  readonly slo: readonly Predicate[];
  readonly origin: OriginSettings | null;
  /** Notes made while planning, such as a rounded in-flight limit. */
  readonly planWarnings: readonly Warning[];
  readonly measurement: Measurement;
}

/** What a published article says of the programs that a scenario is modelled on. */
export interface Article {
  readonly title: string;
  /** The first is what the others are compared with. */
  readonly programs: readonly ArticleProgram[];
}

export interface ArticleProgram {
  /** Its name there. */
  readonly program: string;
  /** Id of the executor that is the same program here. */
  readonly executor: string;
  /** Null: it gives no figure. */
  readonly wallMs: number | null;
  /** Tasks that it had in flight at most; null: it does not say. */
  readonly atOnce: number | null;
  /** How many times as fast as the first program, where the article says that and gives no times. */
  readonly ratio: number | null;
  /** Its own words, where they say more than the figure. */
  readonly claim: string | null;
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
  /** Differences up to this share count as none (`--equivalence`); null: nothing is called equal. */
  readonly equivalence: number | null;
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
  /** Added to the first answer on each connection, as the round trips that open one to a server far away. */
  readonly connectMs: number;
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
  /** The one path that it applies to; empty: all. */
  readonly browsersOnlyPath: string;
  /** Simultaneous requests past which `overLimit` applies; 0: no limit. */
  readonly limit: number;
  readonly overLimit: 'slow' | '503';
  /** The whole origin stops for `pauseMs` at the beginning of every `pauseEveryMs`; 0: never. */
  readonly pauseMs: number;
  readonly pauseEveryMs: number;
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
  /** Rate load only. */
  readonly arrivals: ArrivalFigures | null;
  /** Little's law: the same mean seen in two ways. */
  readonly inFlight: InFlightFigures;
  /** Tasks that had ignored their abort, before this trial or in it, and ran on while it was measured. */
  readonly ranOn: number;
}

/** How well the schedule of a rate load was kept, and whether the executor kept up with it. */
export interface ArrivalFigures {
  /** Tasks that became due: fewer than planned when the backlog reached its limit. */
  readonly due: number;
  /** Due and never ended, the time to drain being over; in latency they count as the time that they had. */
  readonly unfinished: number;
  /** Release − due of each task: the pacer's own lateness. */
  readonly latenessMs: Distribution;
  /** CPU time of the pacer, already taken off `cpuMs`; null where it cannot be told apart. */
  readonly pacerCpuMs: number | null;
  /** Mean number of tasks due and not delivered, in each quarter of the schedule. */
  readonly backlogByQuarter: readonly number[];
  /** The backlog grew throughout, or reached its limit: percentiles would only tell how long the trial was. */
  readonly overloaded: boolean;
}

/** Mean number of tasks in flight during the trial. */
export interface InFlightFigures {
  /** Σ service ÷ wall, from the stamps: throughput × mean service time. */
  readonly fromStamps: number;
  /** Counted by a thread that knows no stamps; null where nobody counted (trials below a second). */
  readonly sampled: number | null;
  readonly samples: number;
  /** Of `sampled`. */
  readonly standardError: number | null;
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

/** One trial, task by task and worker by worker. */
export interface Trace {
  readonly wallMs: number;
  readonly tasks: number;
  /** By worker, those without a task left out. */
  readonly lanes: readonly TraceLane[];
  /** The first tasks by index. */
  readonly first: readonly TracedTask[];
  /** Indexes in the order in which results came, the first of them. */
  readonly arrived: readonly number[];
}

export interface TraceLane {
  /** From 0, as in the ledger. */
  readonly worker: number;
  readonly tasks: number;
  /** Mean number of its tasks in flight, in equal parts of the trial's time. */
  readonly inFlight: readonly number[];
}

export interface TracedTask {
  readonly index: number;
  readonly worker: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  /** `completed`, `cancelled`, or the kind of failure. */
  readonly outcome: string;
  /** Its result or failure in a few words. */
  readonly says: string;
}

// ---------------------------------------------------------------- the results file

/** `low` and `high` are the 95 % interval, null where there is none. */
export interface Estimate {
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Ideal {
  readonly perSecond: number;
  /** `libuv`: the threads of libuv's pool. */
  readonly limitedBy: 'waiting' | 'cpu' | 'libuv';
  /** Threads of libuv's pool for this executor; null where tasks do not run on it. */
  readonly uvThreads: number | null;
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
  /** Parameters of the workload in which it differs from the scenario. */
  readonly params: Params;
  readonly threads: number;
  readonly inFlight: number;
  readonly uvThreads: number | null;
  readonly results: ResultsKept;
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
  /** Rate load only. */
  readonly arrivals: ArrivalSummary | null;
  /** Latency by fork, with intervals; null in batch load, where latency is a place in the queue. */
  readonly latency: LatencyEstimates | null;
  /** One for each part of the scenario's objective, in its order. */
  readonly slo: readonly ObjectiveFinding[];
  /** Totals over the measured trials. */
  readonly outcomes: Outcomes;
  readonly outlierTrials: number;
  readonly lostTrials: number;
  /** Null unless it was asked for. */
  readonly trace: Trace | null;
  readonly trials: readonly TrialResult[];
}

/** Over the trials that count. */
export interface ArrivalSummary {
  readonly due: number;
  readonly unfinished: number;
  readonly latenessMs: Distribution;
  /** Medians over trials. */
  readonly backlogByQuarter: readonly number[];
  readonly overloadedTrials: number;
  /** Most of its trials were. */
  readonly overloaded: boolean;
}

/** A percentile is taken of each fork's pooled trials; null below the samples it needs in a fork, or when overloaded. */
export interface LatencyEstimates {
  readonly p50: Estimate | null;
  readonly p90: Estimate | null;
  readonly p99: Estimate | null;
  readonly p999: Estimate | null;
}

/** One part of an objective: it holds when the bound of the 95 % interval that is farther from it does. */
export interface ObjectiveFinding {
  readonly predicate: Predicate;
  readonly value: number | null;
  /** The bound of the interval that is compared; null where there is none (a count, too few forks). */
  readonly bound: number | null;
  /** Null: too few forks or samples to say. */
  readonly met: boolean | null;
}

/** What a ratio is made of: of a latency the baseline's ÷ the executor's, so that above 1 is always better. */
export type RatioOf = 'throughput' | 'p50 latency' | 'p99 latency';

export type Verdict = 'faster' | 'slower' | 'equal' | 'no difference shown' | 'too few forks to say';

/** Executor against baseline, within rounds. */
export interface Comparison {
  readonly executor: string;
  readonly baseline: string;
  readonly of: RatioOf;
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
  /** The share within which the verdict `equal` holds; null where none was asked for. */
  readonly equivalence: number | null;
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
  readonly tasks: number | null;
  readonly load: Load;
  readonly inFlight: number;
  readonly axis: AxisPoint | null;
  readonly payloadBytes: number;
  readonly timeScale: number;
  readonly expectedFailures: readonly string[];
  readonly article: Article | null;
  readonly baseline: string;
  /** The plan's objective. */
  readonly slo: readonly Predicate[];
  /** `confirmation`: measured again, in fresh forks, what a sweep had found to meet the objective. */
  readonly purpose: 'comparison' | 'confirmation';
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
  /** Smallest step of the clock that was seen. */
  readonly clockResolutionNs: number;
}

/** The highest rate of a sweep at which an executor meets its objective. */
export interface Capacity {
  /** Name and parameters of the scenario that was swept. */
  readonly scenario: string;
  readonly params: Params;
  readonly executor: string;
  readonly slo: readonly Predicate[];
  /** Null: not even the lowest rate of the sweep. */
  readonly perSecond: number | null;
  /** It met the objective again in fresh forks; null where none were run. */
  readonly confirmed: boolean | null;
  /** The lowest rate above it that was measured and does not meet it; null: the sweep ends below the limit. */
  readonly failsAtPerSecond: number | null;
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
  /** Of each executor of each sweep over rates that has an objective. */
  readonly capacities: readonly Capacity[];
}
