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

/** What each worker runs before its trials count. */
export type WarmUp =
  /** As much as a pilot finds that the code needs. */
  | { readonly kind: 'auto' }
  /** Nothing: the first trial of a fresh process is what is asked about. */
  | { readonly kind: 'none' }
  /** So long, each executor after the other. */
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'tasks'; readonly tasksPerWorker: number };

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
  /** What the budget may grow to where isolates need so much to be warm; `budgetMs` where that was asked for. */
  readonly mostBudgetMs: number;
  readonly warmup: WarmUp;
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
  /** Of the origin's event loop. What it is a share of is the trial's own time: `elapsedMs` is longer. */
  readonly loopActiveMs: number;
  /** 0 … 1, of `elapsedMs`. */
  readonly loopUtilization: number;
}

// ---------------------------------------------------------------- what a trial measured

/**
 * Percentiles are null below the number of samples that they need: p99 1,000, p99.9 10,000. Service and latency are
 * those of tasks that did not fail.
 */
export interface Distribution {
  readonly count: number;
  /** Tasks besides `count` that failed: worse than any time. Absent where none did. */
  readonly failed?: number | undefined;
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

/** What a bystander on the host's main loop felt: probes at Poisson times, and their own waits. */
export interface LoopDelay {
  /** 0 … 1. */
  readonly utilization: number;
  /** Σ block² ÷ 2 ÷ wall, as the probes found it: the mean wait of somebody who comes at a random time; null when none came. */
  readonly meanWaitMs: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** One trial as its host saw it. */
export interface TrialFigures {
  /** Σ over its batches. */
  readonly wallMs: number;
  /** Times that the batch was run; 1 in rate and duration load. */
  readonly batches: number;
  readonly throughputPerSecond: number;
  readonly latencyMs: Distribution;
  readonly waitMs: Distribution;
  readonly serviceMs: Distribution;
  readonly deliveryMs: Distribution;
  /** Of a batch: the mean over its batches. */
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  readonly cpuMs: number;
  readonly cpuMsPerTask: number | null;
  readonly coresUsed: number;
  /** The most that it took over a bare host, threads and worker processes included. */
  readonly memoryBytes: number;
  /** Of the host and its worker processes. */
  readonly peakRssBytes: number;
  /** RSS of the host before its first trial. */
  readonly idleRssBytes: number;
  /** RSS of the host before it had an executor, with the ledger and what measures. */
  readonly bareRssBytes: number;
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
  /** `blocking`: calls that hold a thread without computing. `libuv`: the threads of libuv's pool. */
  readonly limitedBy: 'waiting' | 'cpu' | 'libuv' | 'blocking';
  /** Threads of libuv's pool for this executor; null where tasks do not run on it. */
  readonly uvThreads: number | null;
  /** Of the executor's throughput in the ideal; above 1 is not clipped. */
  readonly share: number | null;
}

/** A task alone: one at a time, nothing else running. */
export interface TaskAlone {
  readonly tasks: number;
  readonly serviceMs: number;
  /** Of all threads of its process. */
  readonly cpuMs: number;
  /** What it does in its time, as measured; null or absent where the system does not tell, or its tasks are too short. */
  readonly parts?: TaskParts | null | undefined;
}

/** Means over the tasks. A part that cannot be told from what a machine does anyway is 0. */
export interface TaskParts {
  /** CPU time of its own thread. */
  readonly computesMs: number;
  /** Its thread is held by a call that does not compute there: `Atomics.wait`, `execSync`, a disk, a lock. */
  readonly blocksMs: number;
  /** CPU time of libuv's threads or of a native library's own. */
  readonly offThreadMs: number;
  /** CPU time of the processes that it starts and waits for. */
  readonly childrenMs: number;
  /** Its thread is free for others, and nothing is computed for it. */
  readonly waitsMs: number;
}

/**
 * - `steady`: every isolate ran what the pilot found that it needs, before its trials counted
 * - `as asked`: every isolate ran what `--warmup` said
 * - `cold`: `--warmup none`; the trials that count are the first of fresh processes
 * - `not warm`: the budget has no room for what isolates need; the trials that count are the cold ones
 * - `no steady state`: the code was still changing when the longest pilot ended
 */
export type SteadyState = 'steady' | 'as asked' | 'cold' | 'not warm' | 'no steady state';

/** What is known of the code's way to its speed. Tasks and times are those of one isolate. */
export interface Steadiness {
  readonly state: SteadyState;
  /** How it is known what isolates need: by a pilot; they wait most of the time; their tasks are long. Null: it was not asked. */
  readonly by: 'pilot' | 'waiting' | 'long tasks' | null;
  /** Null where nobody counted. */
  readonly neededTasks: number | null;
  readonly neededMs: number | null;
  /** Tasks that the isolate with the fewest had before trials counted; of `not warm` in the trial itself. */
  readonly hadTasks: number | null;
  /** What would do; null where the budget did, or no budget would. */
  readonly budgetMs: number | null;
}

/** What it takes a new worker to come to its speed. */
export interface WarmUpCost {
  /** CPU time until then, of one worker. */
  readonly ms: number;
  readonly tasks: number;
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
  /** Whether its own figures may be believed: one that is INVALID is in no comparison, unless the whole scenario is. */
  readonly validity: Validity;
  /** Measured trials. */
  readonly rounds: number;
  /** Its trials are the cold ones: too slow for a warm trial in the budget. */
  readonly coldOnly: boolean;
  readonly startupMs: number | null;
  /** Of a batch; null in other loads, whose time is fixed beforehand. */
  readonly coldWallMs: number | null;
  /** Null where it was not found out: waiting decides, or no pilot was run. */
  readonly warmUp: WarmUpCost | null;
  /**
   * How many times as long as when warm: a batch's time, the time per task under `--duration`, the median latency by
   * rate. Null where it cannot be said.
   */
  readonly coldRatio: number | null;
  readonly throughputPerSecond: Estimate;
  /** Of one batch, however many a trial has; of the trial in rate and duration load. */
  readonly wallMs: Estimate;
  /** Batches of a trial, the median. */
  readonly batches: number;
  readonly latencyMs: Distribution;
  readonly waitMs: Distribution;
  readonly serviceMs: Distribution;
  readonly deliveryMs: Distribution;
  readonly firstResultMs: number | null;
  readonly lastResultMs: number | null;
  readonly cpuMsPerTask: number | null;
  readonly coresUsed: number | null;
  /** The most that a trial took over a bare host, threads and worker processes included. */
  readonly memoryBytes: number | null;
  readonly peakRssBytes: number | null;
  readonly idleRssBytes: number | null;
  readonly bareRssBytes: number | null;
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
  /** `cpuMsPerTask` was still falling in the last rounds of its forks: steady, it is less. */
  readonly cpuFalling: boolean;
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
  /** Those that fall, in some fork, among the failed tasks: worse than any time. Absent where none does. */
  readonly amongFailed?: readonly LatencyPercentile[] | undefined;
}

export type LatencyPercentile = 'p50' | 'p90' | 'p99' | 'p999';

/** One part of an objective: it holds when the bound of the 95 % interval that is farther from it does. */
export interface ObjectiveFinding {
  readonly predicate: Predicate;
  readonly value: number | null;
  /** The bound of the interval that is compared; null where there is none (`max`, too few forks). */
  readonly bound: number | null;
  /** Null: too few forks or samples to say. Of `max` it says what was seen. */
  readonly met: boolean | null;
  /** Of a `max` that was kept: the share of tasks beyond it that is still possible (95 %), about 3 ÷ their number; else null. */
  readonly beyondShare: number | null;
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
  /** Holds after Holm's correction over all pairs of the scenario's executors. */
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
  /** Of a fork, start-up and all rounds; null before the first is done. */
  readonly medianForkMs: number | null;
  readonly alone: TaskAlone | null;
  /** Id of the executor that is faster than every other, after Holm; null where none is. */
  readonly winner: string | null;
  /** Null where nothing was compared. */
  readonly precision: Precision | null;
  readonly executors: readonly ExecutorResult[];
  /** Every pair once: the others against the baseline, the rest against the leader, then who is left. */
  readonly comparisons: readonly Comparison[];
  readonly steadiness: Steadiness;
  /** Of the first trials in fresh processes: the answer for whoever runs a script. */
  readonly coldComparisons: readonly Comparison[];
}

/** What became of the wanted precision, over the comparisons with the baseline and those of the leader. */
export interface Precision {
  /** Half-width of an interval as a share, e.g. 0.03. */
  readonly wanted: number;
  /** Comparisons whose interval is wider. */
  readonly missed: number;
  /** Comparisons that have an interval. */
  readonly of: number;
  readonly widest: {
    readonly executor: string;
    readonly baseline: string;
    /** As a share. */
    readonly halfWidth: number;
  } | null;
  /** Forks in which all would be as narrow, as far as these tell; the fewest for an interval where there is none. Null: nothing is missing. */
  readonly forksNeeded: number | null;
  /** The budget that these forks would take. */
  readonly budgetMsNeeded: number | null;
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

/** The command line that made a report, so that a hint can be a whole command. */
export interface CommandLine {
  /** How the program was called, ready for a shell: `npx threads-vs-loop`, `npm run bench --`. */
  readonly program: string;
  /** What came after it, one word each, unquoted: `['run', 'http', '--tasks', '100']`. */
  readonly args: readonly string[];
}

export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly generator: string;
  /** Null: it was run by a program, through the library. */
  readonly command: CommandLine | null;
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
