import { z } from 'zod';
import { failureSchema } from './failure.js';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';
import { traceSchema } from './trace.js';
import { trialSchema } from './trial.js';

const histogramDataSchema = z.object({
  count: wholeNumber,
  sum: z.number(),
  min: numberOrNull,
  max: numberOrNull,
  buckets: z.array(wholeNumber),
  counts: z.array(wholeNumber),
  failed: wholeNumber.optional(),
});

const warmUpBlockSchema = z.object({
  tasks: wholeNumber,
  cpuMs: z.number(),
  wallMs: z.number(),
  loopBusyMs: z.number(),
});

/** What a fork has learnt of one executor, but for what is compared within the fork. */
const executorForkSchema = z.object({
  id: z.string(),
  startupMs: numberOrNull,
  trials: z.array(trialSchema),
  /** Of the measured trials, in their order. */
  histograms: z.array(
    z.object({
      latencyMs: histogramDataSchema,
      waitMs: histogramDataSchema,
      serviceMs: histogramDataSchema,
      pacerLateMs: histogramDataSchema.nullable(),
      loopWaitMs: histogramDataSchema,
    }),
  ),
  examples: z.array(failureSchema),
  trace: traceSchema.nullable(),
  warmedUp: z
    .object({
      blocks: z.array(warmUpBlockSchema),
      leastTasks: z.number(),
      byCpu: z.boolean(),
      passesMs: z.array(z.number()),
    })
    .nullable(),
});

/** Whole forks of a scenario that has more to come: who goes on with it measures the others. */
export const halfDoneSchema = z.object({
  forks: z.array(z.array(executorForkSchema)),
  durationsMs: z.array(z.number()),
});
export type HalfDone = Immutable<z.infer<typeof halfDoneSchema>>;
