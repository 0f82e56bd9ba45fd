import { z } from 'zod';
import { findingSchema } from './finding.js';
import { type Immutable, numberOrNull, share, wholeNumber } from './parts.js';
import { executorVariantSchema } from './plan.js';
import { predicateSchema } from './predicate.js';
import { traceSchema } from './trace.js';
import { distributionSchema, loopDelaySchema, outcomesSchema, trialSchema } from './trial.js';

export const estimateSchema = z
  .object({ median: numberOrNull, low: numberOrNull, high: numberOrNull })
  .describe('low and high are the 95 % interval, null where there is none');
export type Estimate = Immutable<z.infer<typeof estimateSchema>>;

const idealSchema = z.object({
  perSecond: z.number(),
  /** `blocking`: calls that hold a thread without computing. `libuv`: the threads of libuv's pool. */
  limitedBy: z.enum(['waiting', 'cpu', 'libuv', 'blocking']),
  /** Threads of libuv's pool for this executor; null where tasks do not run on it. */
  uvThreads: wholeNumber.nullable(),
  /** Of the executor's throughput in the ideal; above 1 is not clipped. */
  share: numberOrNull,
});
export type Ideal = Immutable<z.infer<typeof idealSchema>>;

/** What it takes a new worker to come to its speed. */
const warmUpCostSchema = z.object({
  /** Until then, of one worker. */
  cpuMs: z.number(),
  tasks: wholeNumber,
});
export type WarmUpCost = Immutable<z.infer<typeof warmUpCostSchema>>;

/** Over the trials that count. */
const arrivalSummarySchema = z.object({
  due: wholeNumber,
  unfinished: wholeNumber,
  pacerLateMs: distributionSchema,
  /** Medians over trials. */
  backlogByQuarter: z.array(z.number()),
  /** Most of its trials were. */
  overloaded: z.boolean(),
});
export type ArrivalSummary = Immutable<z.infer<typeof arrivalSummarySchema>>;

const latencyPercentileSchema = z.enum(['p50', 'p90', 'p99', 'p999']);
export type LatencyPercentile = z.infer<typeof latencyPercentileSchema>;

/** A percentile is taken of each fork's pooled trials; null below the samples it needs in a fork, or when overloaded. */
const latencyEstimatesSchema = z.object({
  p50: estimateSchema.nullable(),
  p90: estimateSchema.nullable(),
  p99: estimateSchema.nullable(),
  p999: estimateSchema.nullable(),
  /** Those that fall, in some fork, among the failed tasks: worse than any time. Absent where none does. */
  amongFailed: z.array(latencyPercentileSchema).optional(),
});
export type LatencyEstimates = Immutable<z.infer<typeof latencyEstimatesSchema>>;

/** One part of an objective: it holds when the bound of the 95 % interval that is farther from it does. */
const objectiveFindingSchema = z.object({
  predicate: predicateSchema,
  value: numberOrNull,
  /** The bound of the interval that is compared; null where there is none (`max`, too few forks). */
  bound: numberOrNull,
  /** Null: too few forks or samples to say. Of `max` it says what was seen. */
  met: z.boolean().nullable(),
  /** Of a `max` that was kept: the share of tasks beyond it that is still possible (95 %), about 3 ÷ their number; else null. */
  beyondShare: share.nullable(),
});
export type ObjectiveFinding = Immutable<z.infer<typeof objectiveFindingSchema>>;

const histogramSchema = z
  .object({
    /** `service` in a batch, where latency is a place in the line. */
    of: z.enum(['latency', 'service']),
    /** Upper ends of the buckets that have tasks, ascending: less than 1 % wide, the last ends at the maximum. */
    upToMs: z.array(z.number()),
    /** Tasks in each. */
    counts: z.array(wholeNumber),
  })
  .describe('times of the tasks of all trials that count, for percentiles of every kind');
export type TimesHistogram = Immutable<z.infer<typeof histogramSchema>>;

/** INVALID: the figures must not be believed; WEAK: with care. The findings say why. */
export const validitySchema = z.enum(['VALID', 'WEAK', 'INVALID']);
export type Validity = z.infer<typeof validitySchema>;

export const executorResultSchema = z.object({
  variant: executorVariantSchema,
  /** Forks with at least one measured trial. */
  forks: wholeNumber,
  /** Whether its own figures may be believed: one that is INVALID is in no comparison, unless the whole scenario is. */
  validity: validitySchema,
  /** Why it is INVALID. */
  findings: z.array(findingSchema),
  /** Measured trials. */
  rounds: wholeNumber,
  /** Its trials are the cold ones: too slow for a warm trial in the budget. */
  coldOnly: z.boolean(),
  startupMs: numberOrNull,
  /** Of a batch; null in other loads, whose time is fixed beforehand. */
  coldWallMs: numberOrNull,
  /** Null where it was not found out: waiting decides, or no pilot was run. */
  warmUp: warmUpCostSchema.nullable(),
  /**
   * How many times as long as when warm: a batch's time, the time per task under `--duration`, the median latency by
   * rate. Null where it cannot be said.
   */
  coldSlowdown: numberOrNull,
  tasksPerSecond: estimateSchema,
  /** Of one batch, however many a trial has; of the trial in rate and duration load. */
  wallMs: estimateSchema,
  /** Batches of a trial, the median. */
  batches: z.number(),
  latencyMs: distributionSchema,
  waitMs: distributionSchema,
  serviceMs: distributionSchema,
  histogram: histogramSchema.nullish().describe('absent in files of earlier versions'),
  firstResultMs: numberOrNull,
  lastResultMs: numberOrNull,
  cpuMsPerTask: numberOrNull,
  coresUsed: numberOrNull,
  /** The most that a trial took over a bare host, threads and worker processes included. */
  memoryBytes: numberOrNull,
  peakRssBytes: numberOrNull,
  idleRssBytes: numberOrNull,
  bareRssBytes: numberOrNull,
  loop: loopDelaySchema.nullable(),
  ideal: idealSchema.nullable(),
  /** Rate load only. */
  arrivals: arrivalSummarySchema.nullable(),
  /** Latency by fork, with intervals; null in batch load, where latency is a place in the line. */
  latency: latencyEstimatesSchema.nullable(),
  /** One for each part of the scenario's objective, in its order. */
  slo: z.array(objectiveFindingSchema),
  /** Totals over the measured trials. */
  outcomes: outcomesSchema,
  /** `cpuMsPerTask` was still falling in the last rounds of its forks: steady, it is less. */
  cpuFalling: z.boolean(),
  lostTrials: wholeNumber,
  /** Null unless it was asked for. */
  trace: traceSchema.nullable(),
  trials: z.array(trialSchema),
});
export type ExecutorResult = Immutable<z.infer<typeof executorResultSchema>>;
