import { z } from 'zod';
import { comparisonSchema } from './comparison.js';
import { executorResultSchema, validitySchema } from './executor-result.js';
import { findingSchema } from './finding.js';
import { type Immutable, numberOrNull, share, wholeNumber } from './parts.js';
import { scenarioSchema } from './plan.js';
import { scalingSchema } from './scaling.js';

/** Means over the tasks. A part that cannot be told from what a machine does anyway is 0. */
const taskPartsSchema = z.object({
  /** CPU time of its own thread. */
  computesMs: z.number(),
  /** Its thread is held by a call that does not compute there: `Atomics.wait`, `execSync`, a disk, a lock. */
  blocksMs: z.number(),
  /** CPU time of libuv's threads or of a native library's own. */
  offThreadMs: z.number(),
  /** CPU time of the processes that it starts and waits for. */
  childrenMs: z.number(),
  /** Its thread is free for others, and nothing is computed for it. */
  waitsMs: z.number(),
});
export type TaskParts = Immutable<z.infer<typeof taskPartsSchema>>;

/** A task alone: one at a time, nothing else running. */
export const taskAloneSchema = z.object({
  tasks: wholeNumber,
  serviceMs: z.number(),
  /** Of all threads of its process. */
  cpuMs: z.number(),
  parts: taskPartsSchema
    .nullish()
    .describe(
      'what a task does in its time; null where the system does not tell, or its tasks are too short',
    ),
});
export type TaskAlone = Immutable<z.infer<typeof taskAloneSchema>>;

const alternativeResultSchema = z.object({
  /** As in a variant's `alternative`. */
  name: z.string(),
  label: z.string(),
  alone: taskAloneSchema.nullable(),
  headline: z
    .string()
    .nullish()
    .describe('the verdict on its executors in a sentence, as reports have it; only in the file'),
});

/**
 * - `steady`: every isolate ran what the pilot found that it needs, before its trials counted
 * - `as asked`: every isolate ran what `--warmup` said, which no pilot has found to be enough
 * - `cold`: `--warmup none`; the trials that count are the first of fresh processes
 * - `not warm`: the budget has no room for what isolates need; the trials that count are the cold ones
 * - `no steady state`: the code was still changing when the longest pilot ended
 */
const steadyStateSchema = z.enum(['steady', 'as asked', 'cold', 'not warm', 'no steady state']);
export type SteadyState = z.infer<typeof steadyStateSchema>;

/** What is known of the code's way to its speed. Tasks and times are those of one isolate. */
const steadinessSchema = z
  .object({
    state: steadyStateSchema,
    /** How it is known what isolates need: by a pilot; they wait most of the time; their tasks are long; the process of the pilot was lost. Null: it was not asked. */
    by: z.enum(['pilot', 'waiting', 'long tasks', 'lost pilot']).nullable(),
    /** Null where nobody counted. */
    neededTasks: wholeNumber.nullable(),
    neededMs: numberOrNull,
    /** Tasks that the isolate with the fewest had before trials counted; of `not warm` in the trial itself. */
    hadTasks: wholeNumber.nullable(),
    /** What would do; null where the budget did, or no budget would. */
    budgetMs: numberOrNull,
  })
  .describe('whether trials that count were run by isolates that were warm; tasks and times of one isolate');
export type Steadiness = Immutable<z.infer<typeof steadinessSchema>>;

/** What became of the wanted precision, over the comparisons with the baseline and those of the leader. */
const precisionSchema = z
  .object({
    /** Half-width of an interval as a share, e.g. 0.03. */
    wanted: share,
    /** Comparisons whose interval is wider. */
    missed: wholeNumber,
    /** Comparisons that have an interval. */
    of: wholeNumber,
    /** Its half-width is a share. */
    widest: z.object({ executor: z.string(), baseline: z.string(), halfWidth: z.number() }).nullable(),
    /** Forks in which all would be as narrow, as far as these tell; the fewest for an interval where there is none. Null: nothing is missing. */
    forksNeeded: wholeNumber.nullable(),
    /** The budget that these forks would take. */
    budgetMsNeeded: numberOrNull,
  })
  .describe('over the comparisons with the baseline and those of the leader');
export type Precision = Immutable<z.infer<typeof precisionSchema>>;

const stopReasonSchema = z.enum([
  'precision',
  'budget',
  'max-forks',
  'fixed',
  'interrupted',
  'lost',
  /** No executor completed a task in a whole fork: more of them would say the same. */
  'nothing-completed',
  /** Requests to other machines have reached their total. */
  'remote-total',
]);
export type StopReason = z.infer<typeof stopReasonSchema>;

export const scenarioResultSchema = z.object({
  /** As planned. */
  scenario: scenarioSchema,
  headline: z.string().nullish().describe('the verdict in a sentence, as reports have it; only in the file'),
  why: z.array(z.string()).nullish().describe('the reasons for it, a sentence each; only in the file'),
  /** What the others are compared with: the planned one, unless that is left out, lost or overloaded. */
  baseline: z.string(),
  /** `confirmation`: measured again, in fresh forks, what a sweep had found to meet the objective. */
  purpose: z.enum(['comparison', 'confirmation']),
  validity: validitySchema,
  /** The gravest first. */
  findings: z.array(findingSchema),
  /** Why no further fork was run. */
  stoppedBy: stopReasonSchema,
  elapsedMs: z.number(),
  /** Of a fork, start-up and all rounds; null before the first is done. */
  medianForkMs: numberOrNull,
  /** Null where variants run several alternatives: each has its own. */
  alone: taskAloneSchema.nullable(),
  /** Versions or values that were compared, in the order of the plan; empty: all variants ran the same. */
  alternatives: z.array(alternativeResultSchema).default([]),
  /** Id of the executor that is faster than every other, after Holm; null where none is. */
  winner: z.string().nullable(),
  /** Null where nothing was compared. */
  precision: precisionSchema.nullable(),
  executors: z.array(executorResultSchema),
  /** Every pair once: the others against the baseline, the rest against the leader, then who is left. */
  comparisons: z.array(comparisonSchema),
  steadiness: steadinessSchema,
  scaling: z.array(scalingSchema).nullish().describe('over numbers of threads, where several were run'),
  /** Of the first trials in fresh processes: the answer for whoever runs a script. */
  coldComparisons: z.array(comparisonSchema),
});
export type ScenarioResult = Immutable<z.infer<typeof scenarioResultSchema>>;
