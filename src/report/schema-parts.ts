import { z } from 'zod';
import { EXECUTOR_KINDS, WORKLOAD_KINDS } from '../model.js';

/** What several parts of the results file are made of. */
export const wholeNumber = z.number().int().nonnegative();
export const share = z.number().min(0).max(1);

const paramValueSchema = z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.string())]);

export const paramsSchema = z.record(z.string(), paramValueSchema);
export const axisPointSchema = z.object({ name: z.string(), value: paramValueSchema });
export const executorKindSchema = z.enum(EXECUTOR_KINDS);
export const workloadKindSchema = z.enum(WORKLOAD_KINDS);
export const loadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch') }),
  z.object({ kind: z.literal('duration'), durationMs: z.number() }),
  z.object({
    kind: z.literal('rate'),
    perSecond: z.number(),
    arrivals: z.enum(['constant', 'poisson']),
    maxBacklog: wholeNumber,
  }),
]);
export const predicateSchema = z.object({
  metric: z.enum(['mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'throughput', 'failed']),
  operator: z.enum(['<', '<=', '>', '>=']),
  value: z.number(),
});
export const warningSchema = z.object({ code: z.string(), message: z.string() });

export const distributionSchema = z
  .object({
    count: wholeNumber,
    failed: wholeNumber.optional(),
    min: z.number().nullable(),
    mean: z.number().nullable(),
    p50: z.number().nullable(),
    p90: z.number().nullable(),
    p99: z.number().nullable(),
    p999: z.number().nullable(),
    max: z.number().nullable(),
  })
  .describe('a percentile without enough samples is null');

export const articleSchema = z
  .object({
    title: z.string(),
    programs: z.array(
      z.object({
        program: z.string(),
        executor: z.string(),
        wallMs: z.number().nullable(),
        atOnce: wholeNumber.nullable(),
        ratio: z.number().nullable().default(null),
        claim: z.string().nullable(),
      }),
    ),
  })
  .describe('what a published article says of the programs that a scenario is modelled on');
