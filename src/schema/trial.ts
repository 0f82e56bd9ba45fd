import { z } from 'zod';
import { trialFaultSchema } from './finding.js';
import { lossSchema, lossStageSchema } from './loss.js';
import { originCountersSchema } from './origin.js';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

/**
 * Percentiles are null below the number of samples that they need: p99 1,000, p99.9 10,000. Service and latency are
 * those of tasks that did not fail.
 */
export const distributionSchema = z
  .object({
    count: wholeNumber,
    /** Tasks besides `count` that failed: worse than any time. Absent where none did. */
    failed: wholeNumber.optional(),
    min: numberOrNull,
    mean: numberOrNull,
    p50: numberOrNull,
    p90: numberOrNull,
    p99: numberOrNull,
    p999: numberOrNull,
    max: numberOrNull,
  })
  .describe('a percentile without enough samples is null');
export type Distribution = Immutable<z.infer<typeof distributionSchema>>;

export const outcomesSchema = z.object({
  issued: wholeNumber,
  completed: wholeNumber,
  cancelled: wholeNumber,
  /** Failed tasks by kind: `timeout`, `refused`, `reset`, `http-500`, `bad-json`, `error`, … */
  failed: z.record(z.string(), wholeNumber),
});
export type Outcomes = Immutable<z.infer<typeof outcomesSchema>>;

/** What a bystander on the host's main loop felt: probes at Poisson times, and their own waits. */
export const loopDelaySchema = z.object({
  /** A ratio of two clocks: it may exceed 1 by a hair. */
  utilization: z.number(),
  /** Σ block² ÷ 2 ÷ wall, as the probes found it: the mean wait of somebody who comes at a random time; null when none came. */
  bystanderWaitMs: numberOrNull,
  p50Ms: numberOrNull,
  p99Ms: numberOrNull,
  maxMs: numberOrNull,
});
export type LoopDelay = Immutable<z.infer<typeof loopDelaySchema>>;

/** How well the schedule of a rate load was kept, and whether the executor kept up with it. */
const arrivalFiguresSchema = z.object({
  /** Tasks that became due: fewer than planned when the backlog reached its limit. */
  due: wholeNumber,
  /** Due and never ended, the time to drain being over; in latency they count as the time that they had. */
  unfinished: wholeNumber,
  /** Release − due of each task: the pacer's own lateness. */
  pacerLateMs: distributionSchema,
  /** CPU time of the pacer, already taken off `cpuMs`; null where it cannot be told apart. */
  pacerCpuMs: numberOrNull,
  /** Mean number of tasks due and not delivered, in each quarter of the schedule. */
  backlogByQuarter: z.array(z.number()),
  /** The backlog grew throughout, or reached its limit: percentiles would only tell how long the trial was. */
  overloaded: z.boolean(),
});
export type ArrivalFigures = Immutable<z.infer<typeof arrivalFiguresSchema>>;

/** Mean number of tasks in flight during the trial. */
const inFlightFiguresSchema = z.object({
  /** Σ service ÷ wall, from the stamps: throughput × mean service time. */
  fromStamps: z.number(),
  /** Counted by a thread that knows no stamps; null where nobody counted (trials below a second). */
  sampled: numberOrNull,
  samples: wholeNumber,
  /** Of `sampled`. */
  standardError: numberOrNull,
});
export type InFlightFigures = Immutable<z.infer<typeof inFlightFiguresSchema>>;

/** Of an executor whose tasks may run more than once: what came of a worker that was lost. */
const executionsSchema = z.object({
  /** Counted in the broker as each began, so that those of a worker that was killed are among them. */
  started: wholeNumber,
  /** Results of a task that had come already; the first one counts. */
  duplicates: wholeNumber,
  /** Those that are not the result that came first. */
  differing: wholeNumber,
  /** Σ of the time that they ran: what they cost. */
  duplicateMs: z.number(),
  /** Attempts that failed and were not the last of their task, with option `attempts`; absent: none. */
  retried: wholeNumber.optional(),
  /** Workers that ended and were replaced. */
  workersLost: wholeNumber,
  /** How the first of them ended. */
  loss: lossSchema.nullable(),
  /** From the end of a worker to the last result that was taken over from it; null: none was. */
  recoveryMs: numberOrNull,
  /** The longest that the broker took to answer, asked once a second, where that was slow; absent: it never was. */
  slowestAnswerMs: z.number().optional(),
  /** Wait and delivery may be off by it, with workers on other machines; null: by nobody knows how much. Absent: one clock. */
  clockErrorMs: numberOrNull.optional(),
});
export type Executions = Immutable<z.infer<typeof executionsSchema>>;

/** One trial as its host saw it. */
const trialFiguresSchema = z.object({
  /** Σ over its batches. */
  wallMs: z.number(),
  /** Times that the batch was run; 1 in rate and duration load. */
  batches: wholeNumber,
  tasksPerSecond: z.number(),
  latencyMs: distributionSchema,
  waitMs: distributionSchema,
  serviceMs: distributionSchema,
  deliveryMs: distributionSchema,
  /** Of a batch: the mean over its batches. */
  firstResultMs: numberOrNull,
  lastResultMs: numberOrNull,
  cpuMs: z.number(),
  cpuMsPerTask: numberOrNull,
  coresUsed: z.number(),
  /** The most that it took over a bare host, threads and worker processes included. */
  memoryBytes: z.number(),
  /** Of the host and its worker processes. */
  peakRssBytes: z.number(),
  /** RSS of the host before its first trial. */
  idleRssBytes: z.number(),
  /** RSS of the host before it had an executor, with the ledger and what measures. */
  bareRssBytes: z.number(),
  involuntarySwitches: z.number(),
  loop: loopDelaySchema,
  outcomes: outcomesSchema,
  /** Rate load only. */
  arrivals: arrivalFiguresSchema.nullable(),
  /** Little's law: the same mean seen in two ways. */
  inFlight: inFlightFiguresSchema,
  /** Absent where each task is started once by its executor. */
  executions: executionsSchema.optional(),
  /** Tasks that had ignored their abort, before this trial or in it, and ran on while it was measured. */
  tasksRanOn: wholeNumber.default(0),
});
export type TrialFigures = Immutable<z.infer<typeof trialFiguresSchema>>;

const trialPlaceSchema = z.object({
  fork: wholeNumber,
  /** 0 is the cold trial of the fork. */
  round: wholeNumber,
  /** Place within the round, from 0. */
  position: wholeNumber,
  cold: z.boolean(),
});

const measuredTrialSchema = z.object({
  ...trialPlaceSchema.shape,
  ...trialFiguresSchema.shape,
  state: z.literal('measured'),
  origin: originCountersSchema.nullable(),
  /** Why this trial must not count; empty for a good one. */
  faults: z.array(trialFaultSchema),
});
export type MeasuredTrial = Immutable<z.infer<typeof measuredTrialSchema>>;

const lostTrialSchema = z.object({
  ...trialPlaceSchema.shape,
  state: z.literal('lost'),
  during: lossStageSchema,
  loss: lossSchema,
});
export type LostTrial = Immutable<z.infer<typeof lostTrialSchema>>;

export const trialSchema = z.discriminatedUnion('state', [measuredTrialSchema, lostTrialSchema]);
export type TrialResult = Immutable<z.infer<typeof trialSchema>>;
