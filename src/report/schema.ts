import { z } from 'zod';
import { RESULTS_KEPT, SCHEMA_VERSION } from '../model.js';
import { planSchema } from './plan-schema.js';
import {
  articleSchema,
  axisPointSchema,
  distributionSchema,
  executorKindSchema,
  loadSchema,
  paramsSchema,
  predicateSchema,
  share,
  warningSchema,
  wholeNumber,
  workloadKindSchema,
} from './schema-parts.js';
import { loopDelaySchema, outcomesSchema, traceSchema, trialSchema } from './trial-schema.js';

const orNull = z.number().nullable();

const estimateSchema = z
  .object({ median: orNull, low: orNull, high: orNull })
  .describe('low and high are the 95 % interval, null where there is none');

const idealSchema = z.object({
  perSecond: z.number(),
  limitedBy: z.enum(['waiting', 'cpu', 'libuv', 'blocking']),
  uvThreads: wholeNumber.nullable(),
  share: orNull,
});

const arrivalSummarySchema = z.object({
  due: wholeNumber,
  unfinished: wholeNumber,
  latenessMs: distributionSchema,
  backlogByQuarter: z.array(z.number()),
  overloadedTrials: wholeNumber,
  overloaded: z.boolean(),
});

const latencyEstimatesSchema = z.object({
  p50: estimateSchema.nullable(),
  p90: estimateSchema.nullable(),
  p99: estimateSchema.nullable(),
  p999: estimateSchema.nullable(),
  amongFailed: z.array(z.enum(['p50', 'p90', 'p99', 'p999'])).optional(),
});

const objectiveFindingSchema = z.object({
  predicate: predicateSchema,
  value: orNull,
  bound: orNull,
  met: z.boolean().nullable(),
  beyondShare: share.nullable(),
});

const validitySchema = z.object({
  state: z.enum(['VALID', 'WEAK', 'INVALID']),
  reasons: z.array(z.string()),
});

const executorSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: executorKindSchema,
  options: paramsSchema,
  params: paramsSchema,
  threads: wholeNumber,
  inFlight: wholeNumber,
  uvThreads: wholeNumber.nullable(),
  results: z.enum(RESULTS_KEPT).default('drop'),
  axis: axisPointSchema.nullable(),
  forks: wholeNumber,
  validity: validitySchema,
  rounds: wholeNumber,
  coldOnly: z.boolean(),
  startupMs: orNull,
  coldWallMs: orNull,
  warmUp: z.object({ ms: z.number(), tasks: wholeNumber }).nullable(),
  coldRatio: orNull,
  throughputPerSecond: estimateSchema,
  wallMs: estimateSchema,
  batches: z.number(),
  latencyMs: distributionSchema,
  waitMs: distributionSchema,
  serviceMs: distributionSchema,
  deliveryMs: distributionSchema,
  firstResultMs: orNull,
  lastResultMs: orNull,
  cpuMsPerTask: orNull,
  coresUsed: orNull,
  memoryBytes: orNull,
  peakRssBytes: orNull,
  idleRssBytes: orNull,
  bareRssBytes: orNull,
  pssBytes: orNull,
  loop: loopDelaySchema.nullable(),
  ideal: idealSchema.nullable(),
  arrivals: arrivalSummarySchema.nullable(),
  latency: latencyEstimatesSchema.nullable(),
  slo: z.array(objectiveFindingSchema),
  outcomes: outcomesSchema,
  cpuFalling: z.boolean(),
  outlierTrials: wholeNumber,
  lostTrials: wholeNumber,
  trace: traceSchema.nullable(),
  trials: z.array(trialSchema),
});

const steadinessSchema = z
  .object({
    state: z.enum(['steady', 'as asked', 'cold', 'not warm', 'no steady state']),
    by: z.enum(['pilot', 'waiting', 'long tasks']).nullable(),
    neededTasks: wholeNumber.nullable(),
    neededMs: orNull,
    hadTasks: wholeNumber.nullable(),
    budgetMs: orNull,
  })
  .describe('whether trials that count were run by isolates that were warm; tasks and times of one isolate');

const comparisonSchema = z
  .object({
    executor: z.string(),
    baseline: z.string(),
    of: z.enum(['throughput', 'p50 latency', 'p99 latency']),
    ratio: orNull,
    low: orNull,
    high: orNull,
    range: z.tuple([z.number(), z.number()]).nullable(),
    forks: wholeNumber,
    p: orNull,
    significant: z.boolean(),
    equivalence: orNull,
    verdict: z.enum(['faster', 'slower', 'equal', 'no difference shown', 'too few forks to say']),
    forkLogRatios: z.array(z.number()),
  })
  .describe('executor ÷ baseline within rounds; of latencies baseline ÷ executor, so that above 1 is better');

const taskAloneSchema = z.object({
  tasks: wholeNumber,
  serviceMs: z.number(),
  cpuMs: z.number(),
  parts: z
    .object({
      computesMs: z.number(),
      blocksMs: z.number(),
      offThreadMs: z.number(),
      childrenMs: z.number(),
      waitsMs: z.number(),
    })
    .nullish()
    .describe('what a task does in its time; null where the system does not tell'),
});
const precisionSchema = z
  .object({
    wanted: share,
    missed: wholeNumber,
    of: wholeNumber,
    widest: z.object({ executor: z.string(), baseline: z.string(), halfWidth: z.number() }).nullable(),
    forksNeeded: wholeNumber.nullable(),
    budgetMsNeeded: orNull,
  })
  .describe('over the comparisons with the baseline and those of the leader');

const scenarioSchema = z.object({
  name: z.string(),
  id: z.string(),
  title: z.string(),
  workload: z.string(),
  kind: workloadKindSchema,
  params: paramsSchema,
  tasks: wholeNumber.nullable(),
  load: loadSchema,
  inFlight: wholeNumber,
  axis: axisPointSchema.nullable(),
  payloadBytes: wholeNumber,
  timeScale: z.number(),
  expectedFailures: z.array(z.string()),
  article: articleSchema.nullable(),
  baseline: z.string(),
  slo: z.array(predicateSchema),
  purpose: z.enum(['comparison', 'confirmation']),
  validity: validitySchema,
  warnings: z.array(warningSchema),
  stoppedBy: z.enum(['precision', 'budget', 'max-forks', 'fixed', 'interrupted', 'lost']),
  elapsedMs: z.number(),
  medianForkMs: orNull,
  alone: taskAloneSchema.nullable(),
  winner: z.string().nullable(),
  precision: precisionSchema.nullable(),
  executors: z.array(executorSchema),
  comparisons: z.array(comparisonSchema),
  steadiness: steadinessSchema,
  coldComparisons: z.array(comparisonSchema),
});

const environmentSchema = z.object({
  node: z.string(),
  v8: z.string(),
  platform: z.string(),
  arch: z.string(),
  osRelease: z.string(),
  cpuModel: z.string(),
  cores: wholeNumber,
  cgroupCores: orNull,
  availableParallelism: wholeNumber,
  memoryBytes: z.number(),
  governor: z.string().nullable(),
  loadAverage1m: z.number(),
  stealShare: share.nullable(),
  uvThreadpoolSize: wholeNumber,
  nodeOptions: z.string(),
  versions: z.record(z.string(), z.string()),
  cpuIterationsPerMs: orNull,
  clockResolutionNs: z.number(),
});

const capacitySchema = z
  .object({
    scenario: z.string(),
    params: paramsSchema,
    executor: z.string(),
    slo: z.array(predicateSchema),
    perSecond: orNull,
    confirmed: z.boolean().nullable(),
    failsAtPerSecond: orNull,
  })
  .describe('the highest rate of a sweep at which an executor meets its objective');

/** The results file. Keys that it does not know are let through and left out. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(SCHEMA_VERSION),
    generator: z.string(),
    command: z
      .object({ program: z.string(), args: z.array(z.string()) })
      .nullable()
      .describe('what made this report; null: a program, through the library'),
    startedAt: z.string(),
    elapsedMs: z.number(),
    seed: z.number(),
    environment: environmentSchema,
    plan: planSchema,
    interrupted: z.boolean(),
    scenarios: z.array(scenarioSchema),
    capacities: z.array(capacitySchema),
  })
  .meta({
    $id: `urn:threads-vs-loop:results:${SCHEMA_VERSION}`,
    title: `Results of threads-vs-loop, version ${SCHEMA_VERSION}`,
    description: 'Units are in the names: Ms milliseconds, Bytes bytes, Share 0 to 1, PerSecond per second.',
  });

/** JSON Schema (draft 2020-12) of the results file. */
export function resultsJsonSchema(): object {
  // What a reader must accept: later files of this version may have keys more.
  return z.toJSONSchema(reportSchema, { io: 'input' });
}
