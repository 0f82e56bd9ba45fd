import { z } from 'zod';
import { estimateSchema } from './executor-result.js';
import { halfDoneSchema } from './half-done.js';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';
import { scalingSchema } from './scaling.js';
import { taskAloneSchema } from './scenario-result.js';

/** One way to run the tasks. */
export const tunePointSchema = z.object({
  /** Of the executor's variant; unique. */
  id: z.string(),
  executor: z.string(),
  /** 0: on the host's own loop. */
  workers: wholeNumber,
  hasBroker: z.boolean().optional().describe('its tasks go through a broker; left out: they do not'),
  /** Of each worker; of the loop where there is none. */
  inFlightPerWorker: wholeNumber,
  /** Threads of libuv's pool; null: as many as there are anyway. */
  uvThreads: wholeNumber.nullable(),
  /** Options in which it differs from others of its executor, e.g. `atomics=sync`. */
  setting: z.string(),
  /** Tasks per second that it cannot exceed, from a task alone; null: nothing is known. */
  bound: numberOrNull,
  /** 0: searched from the start; else only where the best lay on the edge of what is below. */
  tier: wholeNumber,
});
export type TunePoint = Immutable<z.infer<typeof tunePointSchema>>;

/** What a fork of a tune is for. */
const tunePhaseSchema = z.enum(['knee', 'screen', 'race', 'confirm']);
export type TunePhase = z.infer<typeof tunePhaseSchema>;

/** What fresh processes measured of the points that ran in them. */
export const tuneForkSchema = z.object({
  phase: tunePhaseSchema,
  /** By point and round: ln(tasks per second), or under an objective ln of the share of it that is met; null: lost. */
  logs: z.record(z.string(), z.array(numberOrNull)),
  /** Points that failed too many tasks, or exceeded what was allowed. */
  unfit: z.array(z.string()),
  unmet: z
    .array(z.string())
    .optional()
    .describe(
      'of the confirmation at a rate: points that did not keep up, or are not shown to meet the objective',
    ),
  left: z.array(z.string()).optional().describe('points that an interruption left without a trial in it'),
});
export type TuneFork = Immutable<z.infer<typeof tuneForkSchema>>;

/** What must not be exceeded; null: no limit. */
const tuneLimitsSchema = z.object({
  memoryBytes: numberOrNull,
  cores: numberOrNull,
  /** What a bystander on the main loop may wait, the mean in ms. */
  loopLateMs: numberOrNull,
});
export type TuneLimits = Immutable<z.infer<typeof tuneLimitsSchema>>;

export const tuneRulesSchema = z.object({
  /** Share by which others may beat what is recommended. */
  within: z.number(),
  /** Executors as they are preferred at equal size. */
  order: z.array(z.string()),
  /** Forks of the race at most. */
  mostForks: wholeNumber,
  confirmForks: wholeNumber,
  /** Points of a screen at most. */
  mostScreened: wholeNumber,
});
export type TuneRules = Immutable<z.infer<typeof tuneRulesSchema>>;

/** What became of a point. */
const tuneStandingSchema = z.object({
  id: z.string(),
  /** Its throughput ÷ that of the choice, as far as it was measured. */
  ratio: numberOrNull,
  /**
   * - `choice`: recommended; `as good`: seen to be behind by no more than was allowed, if at all; `not told apart`: by more, and
   *   not shown to be; `behind`: shown to be; `unfit`: exceeds what was allowed
   * - `bounded`: the ideal says that it can't be as good; `not measured`: the budget, or no need
   */
  state: z.enum(['choice', 'as good', 'not told apart', 'behind', 'unfit', 'bounded', 'not measured']),
});
export type TuneStanding = Immutable<z.infer<typeof tuneStandingSchema>>;

export const tuneAnswerSchema = z.object({
  /** Id of the point. */
  choice: z.string(),
  /** The best on a loop; null: none was measured. */
  loop: z.string().nullable(),
  runnerUp: z.string().nullable(),
  /** The choice ÷ the loop and ÷ the runner-up, in the confirmation. */
  toLoop: estimateSchema,
  toRunnerUp: estimateSchema,
  standings: z.array(tuneStandingSchema),
  scaling: scalingSchema
    .nullish()
    .describe('over the numbers of threads that were searched, where six or more ran in three forks'),
});
export type TuneAnswer = Immutable<z.infer<typeof tuneAnswerSchema>>;

/** A search for how many; what it confirmed is the scenario beside it in the report. */
export const tuneSchema = z.object({
  /** What was tuned, as it was asked for. */
  target: z.string(),
  /** The same as a target of the command line. */
  asked: z.string(),
  /** The task's module and export, for code that is pasted beside it; null: a built-in workload, or one with a context. */
  module: z
    .object({
      file: z.string(),
      exportName: z.string(),
      items: z
        .enum(['argument', 'list', 'either'])
        .optional()
        .describe('what each item of --args holds; left out: one argument'),
      /** Its source is TypeScript: the file is what a build makes of it. */
      isCompiled: z.boolean(),
    })
    .nullable(),
  /** The module that was written for `queue`, as it is imported: `./pool.mjs`; null: none was. */
  poolFile: z.string().nullable(),
  points: z.array(tunePointSchema),
  forks: z.array(tuneForkSchema),
  rules: tuneRulesSchema,
  limits: tuneLimitsSchema.optional().describe('what it must keep to; left out by earlier versions'),
  /** Null: it could not be measured. */
  alone: taskAloneSchema.nullable(),
  /** What a new isolate needs to come to its speed; null: waiting decides, or it was not asked. */
  warmUp: z
    .object({
      cpuMs: z.number(),
      tasks: wholeNumber,
      settled: z.boolean(),
      /** CPU time that each isolate was given: less where the budget has no room for more. */
      givenMs: z.number(),
      waits: z
        .boolean()
        .optional()
        .describe('its loop mostly waits, so that it is not warmed; left out by earlier versions'),
    })
    .nullable(),
  /** Cores of the machine, and the threads up to which was searched. */
  cores: z.number(),
  trials: wholeNumber,
  elapsedMs: z.number(),
  budgetMs: z.number(),
  /** The race was cut short: survivors were left. */
  hurried: z.boolean(),
  /** Points of the screen that there was no time for. */
  unscreened: wholeNumber,
  confirming: halfDoneSchema
    .optional()
    .describe('of a confirmation that is not done: what --resume goes on with'),
  /** Null: interrupted before, or nothing that was measured keeps to what was asked for. */
  answer: tuneAnswerSchema.nullable(),
});
export type Tune = Immutable<z.infer<typeof tuneSchema>>;
