import { z } from 'zod';
import { RESULTS_COMPARED, RESULTS_KEPT, WORKLOAD_KINDS } from './constants.js';
import { findingSchema } from './finding.js';
import { loadSchema } from './load.js';
import { originSettingsSchema } from './origin.js';
import { axisPointSchema, paramsSchema } from './params.js';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';
import { predicateSchema } from './predicate.js';
import { remoteSchema } from './remote.js';
import { serveSchema } from './serve.js';

/** Where code of the same module is found by name: the registry resolves built-ins, a path is a user's own. */
const moduleRefSchema = z.object({
  name: z.string(),
  /** `file:` URL of the module whose default export is the workload or executor; in the results file its path from the working directory. */
  moduleUrl: z.string(),
});
export type ModuleRef = Immutable<z.infer<typeof moduleRefSchema>>;

/** What an executor may do, for whoever would ask for it by its name. */
const executorCapabilitiesSchema = z.object({
  /** Tasks run in workers, `threads` of them; false: on the host's own loop. */
  workers: z.boolean(),
  /** Its workers see the host's memory, as threads do; false: they are processes, and what they know comes by messages. */
  sharesMemory: z.boolean(),
  /** Stamps of its workers are of the host's own clock. */
  sharesClock: z.boolean(),
  /** Its workers find modules by the URLs that the host has. */
  sharesModules: z.boolean(),
  /** Its in-flight limit may be lowered for a batch: one that is started serves several limits. */
  inFlightByBatch: z.boolean().optional(),
  /** The option that says how many tasks it starts at once, where in-flight doesn't. */
  limitOption: z.string().optional(),
  /** Its tasks go through a broker, which is given to the run or started by it; its option `backend` says which. */
  hasBroker: z.boolean().optional(),
  /** A worker that ends takes no trial with it: another one takes over what it had. */
  takesOver: z.boolean().optional(),
  /** Other settings of how it hands out tasks, worth a look where tasks are so short that this counts. */
  dispatchOptions: paramsSchema.optional(),
});
export type ExecutorCapabilities = Immutable<z.infer<typeof executorCapabilitiesSchema>>;

const scenarioWorkloadSchema = z.object({
  ...moduleRefSchema.shape,
  kind: z.enum(WORKLOAD_KINDS),
  /** Requests a task sends to the embedded origin; 0: the count of the origin proves nothing. */
  requestsPerTask: z.number(),
  /** Whether the computing kernel is calibrated before the run. */
  needsCalibration: z.boolean(),
  /** Whether a process runs its `setup` and `teardown`. */
  hasSetup: z.boolean().default(false),
  resultsCompared: z.enum(RESULTS_COMPARED).default('contents'),
  /** SHA-256 of a module of somebody's own, with what it imports; absent: a built-in one. */
  contents: z.string().optional(),
  /** SHA-256 of the file that its tasks have their arguments from. */
  argsContents: z.string().optional(),
});
export type ScenarioWorkload = Immutable<z.infer<typeof scenarioWorkloadSchema>>;
export type WorkloadKind = ScenarioWorkload['kind'];
export type ResultsCompared = ScenarioWorkload['resultsCompared'];

/** A Node that hosts are started with. */
const nodeBinarySchema = z.object({
  /** As ids have it: the version, and where several have that what tells them apart. */
  label: z.string(),
  /** Without a `v`. */
  version: z.string(),
  v8: z.string(),
  /** Of the file, such as `node`. */
  name: z.string(),
  /** Absolute path; in the results file the name of the file alone. */
  execPath: z.string(),
});
export type NodeBinary = Immutable<z.infer<typeof nodeBinarySchema>>;

/** Of the user's git project. */
const revisionSchema = z.object({
  /** As it was given: `main`, `HEAD~1`; `.` is the working tree. */
  name: z.string(),
  /** Null: a working tree with changes. */
  commit: z.string().nullable(),
});
export type Revision = Immutable<z.infer<typeof revisionSchema>>;

/** Which of several versions of a task, or values of its parameters, a variant runs: they are compared in the same rounds. */
const alternativeSchema = z.object({
  /** Equal for all variants that run the same: `lib=marked`, `old`. */
  name: z.string(),
  /** In a sentence: `marked`, `old`. */
  label: z.string(),
  /** What of: `lib`, `version`, `node`, `worktree`. */
  of: z.string(),
  /** Results are compared among variants that have this in common: other values of parameters may give others. */
  sameResults: z.string(),
  /** What the variant is called among those that run the same: its names without what tells alternatives apart. */
  peer: z.object({ id: z.string(), label: z.string(), series: z.string() }),
  /** All that the workload is given in it, but for what an executor has of its own. */
  params: paramsSchema,
});
export type Alternative = Immutable<z.infer<typeof alternativeSchema>>;

export const executorVariantSchema = z.object({
  ...moduleRefSchema.shape,
  /** Unique in its scenario: the name, and what tells the variants of one executor apart. Nobody reads it but as a whole. */
  id: z.string(),
  /** The same without the number of threads; equal to the id where that does not vary. */
  label: z.string(),
  /** The same without its place on the axis: variants along the axis have it in common. */
  series: z.string(),
  capabilities: executorCapabilitiesSchema,
  /** Whether it calls `taskSync`: what is known of a task alone is known of `task`. */
  sync: z.boolean().default(false),
  options: paramsSchema,
  /** 1 for a loop. */
  threads: wholeNumber,
  /** Limit for the whole executor; `promise-all` applies it to its connections only. */
  inFlight: wholeNumber,
  inFlightPerWorker: wholeNumber,
  /** Tasks that can really wait at the same time: 1, a batch, the connections, or all. Makes the ideal. */
  concurrency: wholeNumber,
  axis: axisPointSchema.nullable(),
  /** Parameters of the workload in which this variant differs from the scenario. */
  params: paramsSchema,
  /** The workload as this variant runs it; null: as the scenario has it. */
  workload: scenarioWorkloadSchema.nullable().default(null),
  /** Null: all variants of the scenario run the same. */
  alternative: alternativeSchema.nullable().default(null),
  /** Threads of libuv's pool in its host (UV_THREADPOOL_SIZE); null: as the environment has it. */
  uvThreads: wholeNumber.nullable(),
  /** Null: the Node of the program itself, which the environment names. */
  node: nodeBinarySchema.nullable().default(null),
  /** That its workload is of; null: files as they are. */
  revision: revisionSchema.nullable().default(null),
  results: z.enum(RESULTS_KEPT).default('drop'),
});
export type ExecutorVariant = Immutable<z.infer<typeof executorVariantSchema>>;
export type ResultsKept = ExecutorVariant['results'];

/** What each worker runs before its trials count. */
const warmUpSchema = z.discriminatedUnion('kind', [
  /** As much as a pilot finds that the code needs. */
  z.object({ kind: z.literal('auto') }),
  /** Nothing: the first trial of a fresh process is what is asked about. */
  z.object({ kind: z.literal('none') }),
  /** So long, each executor after the other. */
  z.object({ kind: z.literal('time'), ms: z.number() }),
  z.object({ kind: z.literal('tasks'), tasksPerWorker: wholeNumber }),
  /** So much CPU time, however many tasks that makes: what a tune gives. */
  z.object({ kind: z.literal('cpu'), msPerWorker: z.number() }),
]);
export type WarmUp = Immutable<z.infer<typeof warmUpSchema>>;

/** How much is measured. */
const measurementSchema = z.object({
  /** A number fixes the forks beforehand; null: stop by precision or budget. */
  forks: wholeNumber.nullable(),
  minForks: wholeNumber,
  maxForks: wholeNumber,
  rounds: wholeNumber,
  /** Wanted half-width of the interval as a share, e.g. 0.03. */
  precision: z.number(),
  /** Per scenario. */
  budgetMs: z.number(),
  /** What the budget may grow to where isolates need so much to be warm; `budgetMs` where that was asked for. */
  mostBudgetMs: z.number(),
  warmup: warmUpSchema,
  /** Differences up to this share count as none (`--equivalence`); null: nothing is called equal. */
  equivalence: numberOrNull,
});
export type Measurement = Immutable<z.infer<typeof measurementSchema>>;

const attachmentSchema = z
  .object({
    /** Which section of the report renders it, and checks its data. */
    kind: z.string(),
    /** Plain data. */
    data: z.unknown(),
  })
  .describe('what a scenario carries for a section of its own in the report');
export type Attachment = Immutable<z.infer<typeof attachmentSchema>>;

export const scenarioSchema = z.object({
  /** Name as asked for; variants of one scenario share it. */
  name: z.string(),
  /** Unique in the plan. */
  id: z.string(),
  /** Heading in reports, e.g. `WAITING`. */
  title: z.string(),
  workload: scenarioWorkloadSchema,
  params: paramsSchema,
  /** Of a trial; null in a duration load: as many as there is time for. */
  tasks: wholeNumber.nullable(),
  load: loadSchema,
  /** As asked, before rounding to the thread counts. */
  inFlight: wholeNumber,
  executors: z.array(executorVariantSchema),
  /** Id of the executor the others are compared with. */
  baseline: z.string(),
  axis: axisPointSchema.nullable(),
  /** Data that goes to each task, and as much that comes back; 0: none. */
  payloadBytes: wholeNumber,
  taskTimeoutMs: z.number(),
  /** Kinds of failed tasks that belong to what is shown: they do not make the scenario INVALID. */
  expectedFailures: z.array(z.string()),
  /** Whether one trial of each executor is traced, task by task, and drawn wherever there is room. */
  timeline: z.boolean(),
  /** Executors of which one trial is traced without being asked for, for pages and exports. Absent: nobody chose any. */
  recorded: z.array(z.string()).optional(),
  attachment: attachmentSchema.nullable(),
  /** About `failed`; where it does not hold the scenario is INVALID. */
  maxFailed: predicateSchema,
  /** The objective: all of them must hold. Empty: none. */
  slo: z.array(predicateSchema),
  origin: originSettingsSchema.nullable(),
  remote: remoteSchema.optional(),
  /** Variants that differ in nothing but in-flight, and take that by batch, are served by one host: a fork has less to warm. Default: each has its own. */
  sharesHosts: z.boolean().optional(),
  /** Made while planning, such as of a rounded in-flight limit. */
  findings: z.array(findingSchema),
  measurement: measurementSchema,
});
export type Scenario = Immutable<z.infer<typeof scenarioSchema>>;

/** What was asked for, with every default filled in. */
export const planSchema = z.object({
  suite: z.string().nullable(),
  seed: z.number(),
  serve: serveSchema.nullable().default(null),
  /** URL of the broker; with its password, which no file and no screen has. Absent: a private one is started where one is needed. */
  broker: z.string().optional(),
  /** Machines with a `worker` command that take its jobs. Absent: processes of this machine do. */
  workers: wholeNumber.optional(),
  /** File of certificates in PEM that tasks trust in place of the usual ones. */
  caFile: z.string().optional(),
  scenarios: z.array(scenarioSchema),
});
export type Plan = Immutable<z.infer<typeof planSchema>>;
