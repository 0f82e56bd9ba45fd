import { z } from 'zod';
import { RESULTS_COMPARED, RESULTS_KEPT } from '../model.js';
import {
  articleSchema,
  axisPointSchema,
  executorKindSchema,
  loadSchema,
  paramsSchema,
  predicateSchema,
  share,
  warningSchema,
  wholeNumber,
  workloadKindSchema,
} from './schema-parts.js';

const moduleRef = { name: z.string(), moduleUrl: z.string() };

const executorVariantSchema = z.object({
  ...moduleRef,
  id: z.string(),
  kind: executorKindSchema,
  sync: z.boolean().default(false),
  options: paramsSchema,
  threads: wholeNumber,
  inFlight: wholeNumber,
  inFlightPerWorker: wholeNumber,
  concurrency: wholeNumber,
  axis: axisPointSchema.nullable(),
  params: paramsSchema,
  uvThreads: wholeNumber.nullable(),
  results: z.enum(RESULTS_KEPT).default('drop'),
});

const latencySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), ms: z.number() }),
  z.object({ kind: z.literal('uniform'), minMs: z.number(), maxMs: z.number() }),
  z.object({ kind: z.literal('lognormal'), medianMs: z.number(), sigma: z.number() }),
]);

const originSettingsSchema = z.object({
  latency: latencySchema,
  connectMs: z.number().default(0),
  payloadBytes: z.number(),
  errorRate: share,
  resetRate: share,
  stallRate: share,
  brokenRate: share,
  browsersOnly: z.boolean(),
  browsersOnlyPath: z.string(),
  limit: wholeNumber,
  overLimit: z.enum(['slow', '503']),
  pauseMs: z.number(),
  pauseEveryMs: z.number(),
});

const measurementSchema = z.object({
  forks: wholeNumber.nullable(),
  minForks: wholeNumber,
  maxForks: wholeNumber,
  rounds: wholeNumber,
  precision: z.number(),
  budgetMs: z.number(),
  mostBudgetMs: z.number(),
  warmup: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('auto') }),
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('time'), ms: z.number() }),
    z.object({ kind: z.literal('tasks'), tasksPerWorker: wholeNumber }),
  ]),
  equivalence: z.number().nullable(),
});

const scenarioSchema = z.object({
  name: z.string(),
  id: z.string(),
  title: z.string(),
  workload: z.object({
    ...moduleRef,
    kind: workloadKindSchema,
    requestsPerTask: z.number(),
    needsCalibration: z.boolean(),
    resultsCompared: z.enum(RESULTS_COMPARED).default('contents'),
  }),
  params: paramsSchema,
  tasks: wholeNumber.nullable(),
  load: loadSchema,
  inFlight: wholeNumber,
  executors: z.array(executorVariantSchema),
  baseline: z.string(),
  axis: axisPointSchema.nullable(),
  payloadBytes: wholeNumber,
  timeScale: z.number(),
  taskTimeoutMs: z.number(),
  expectedFailures: z.array(z.string()),
  timeline: z.boolean(),
  article: articleSchema.nullable(),
  maxFailed: predicateSchema,
  slo: z.array(predicateSchema),
  origin: originSettingsSchema.nullable(),
  planWarnings: z.array(warningSchema),
  measurement: measurementSchema,
});

/** What was asked for, with every default filled in. */
export const planSchema = z.object({
  suite: z.string().nullable(),
  seed: z.number(),
  scenarios: z.array(scenarioSchema),
});
