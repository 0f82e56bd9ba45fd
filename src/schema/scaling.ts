import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

const boundedSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** How an executor's throughput grows with its threads: C(N) = γN ÷ (1 + α(N − 1) + βN(N − 1)). */
export const scalingSchema = z.object({
  /** What its variants have in common. */
  series: z.string(),
  /** Numbers of threads, ascending: those that were measured alike. */
  sizes: z.array(wholeNumber),
  /** `lost`: no trial was left to count; `cold`: cold trials alone, where others have warm ones. */
  leftOut: z.array(z.object({ threads: wholeNumber, why: z.enum(['lost', 'cold']) })),
  /** Null: see `why`. */
  law: z
    .object({
      gamma: z.number(),
      /** Contention: the share of the work that only one can do at a time. */
      alpha: boundedSchema,
      /** Coherency: what each pair costs each other. */
      beta: boundedSchema,
      /** Threads at the highest throughput; null: no peak is shown. */
      peak: numberOrNull,
      /** C(N) ÷ γN at the largest size. */
      efficiency: z.number(),
      /** Where the law is farthest from what was measured, by more than chance over forks allows; null: it fits. */
      misfit: z
        .object({
          threads: wholeNumber,
          /** What was measured ÷ the law − 1. */
          share: z.number(),
        })
        .nullable(),
    })
    .nullable(),
  why: z.enum(['few sizes', 'few forks', 'short range']).nullable(),
});
export type Scaling = Immutable<z.infer<typeof scalingSchema>>;
