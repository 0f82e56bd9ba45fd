import { z } from 'zod';
import { distributionSchema, wholeNumber } from './schema-parts.js';

export const outcomesSchema = z.object({
  issued: wholeNumber,
  completed: wholeNumber,
  cancelled: wholeNumber,
  failed: z.record(z.string(), wholeNumber),
});

/** A utilisation is a ratio of two clocks and may exceed 1 by a hair. */
export const loopDelaySchema = z.object({
  utilization: z.number(),
  meanWaitMs: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
});

const originCountersSchema = z.object({
  requests: wholeNumber,
  responses: wholeNumber,
  connections: wholeNumber,
  maxConcurrency: wholeNumber,
  meanConcurrency: z.number(),
  cpuMs: z.number(),
  elapsedMs: z.number(),
  loopActiveMs: z.number(),
  loopUtilization: z.number(),
});

const arrivalFiguresSchema = z.object({
  due: wholeNumber,
  unfinished: wholeNumber,
  latenessMs: distributionSchema,
  pacerCpuMs: z.number().nullable(),
  backlogByQuarter: z.array(z.number()),
  overloaded: z.boolean(),
});

const place = { fork: wholeNumber, round: wholeNumber, position: wholeNumber, cold: z.boolean() };

const measuredTrialSchema = z.object({
  ...place,
  state: z.literal('measured'),
  wallMs: z.number(),
  batches: wholeNumber,
  throughputPerSecond: z.number(),
  latencyMs: distributionSchema,
  waitMs: distributionSchema,
  serviceMs: distributionSchema,
  deliveryMs: distributionSchema,
  firstResultMs: z.number().nullable(),
  lastResultMs: z.number().nullable(),
  cpuMs: z.number(),
  cpuMsPerTask: z.number().nullable(),
  coresUsed: z.number(),
  memoryBytes: z.number(),
  peakRssBytes: z.number(),
  idleRssBytes: z.number(),
  bareRssBytes: z.number(),
  pssBytes: z.number().nullable(),
  involuntarySwitches: z.number(),
  loop: loopDelaySchema,
  outcomes: outcomesSchema,
  received: wholeNumber,
  arrivals: arrivalFiguresSchema.nullable(),
  inFlight: z.object({
    fromStamps: z.number(),
    sampled: z.number().nullable(),
    samples: wholeNumber,
    standardError: z.number().nullable(),
  }),
  ranOn: wholeNumber.default(0),
  origin: originCountersSchema.nullable(),
  faults: z.array(z.string()),
});

const lostTrialSchema = z.object({ ...place, state: z.literal('lost'), reason: z.string() });

export const trialSchema = z.discriminatedUnion('state', [measuredTrialSchema, lostTrialSchema]);

export const traceSchema = z
  .object({
    wallMs: z.number(),
    tasks: wholeNumber,
    lanes: z.array(z.object({ worker: wholeNumber, tasks: wholeNumber, inFlight: z.array(z.number()) })),
    first: z.array(
      z.object({
        index: wholeNumber,
        worker: wholeNumber,
        startedMs: z.number(),
        finishedMs: z.number(),
        outcome: z.string(),
        says: z.string(),
      }),
    ),
    arrived: z.array(wholeNumber),
  })
  .describe('one trial, task by task and worker by worker');
