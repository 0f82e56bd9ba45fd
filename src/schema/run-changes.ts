import { z } from 'zod';
import { COMPARISON_VERSION } from './constants.js';
import { estimateSchema, validitySchema } from './executor-result.js';
import { gateVerdictSchema } from './gate.js';
import { axisPointSchema } from './params.js';
import { type Immutable, numberOrNull } from './parts.js';

const DIFFERENCES = [
  'cpu-model',
  'platform',
  'cores',
  'cgroup-cores',
  'available-cores',
  'node-major',
  'serve',
  'broker',
  'workload',
  'params',
  'payload',
  'load',
  'tasks',
  'in-flight',
  'warmup',
  'origin',
  'executor-module',
  'executor-options',
  'executor-threads',
  'executor-in-flight',
  'executor-params',
  'executor-uv-threads',
  'executor-call',
  'node',
  'os-release',
  'memory',
  'load-average',
  'steal',
  'governor',
  'uv-threads',
  'node-options',
  'package',
  'kernel-speed',
  'seed',
  'forks',
  'budget',
  'precision',
  'objective',
  'module',
  'steadiness',
  'rounds',
  'equivalence',
  'max-failed',
  'args',
  'code',
  'commit',
  'revision',
  'task-timeout',
  'expected-failures',
  'remote',
  'interrupted',
  'time-between',
] as const;

/** In what two runs differ, apart from what they measured. */
const runDifferenceSchema = z.object({
  code: z.enum(DIFFERENCES),
  /** Another machine, Node or task: what is found can be due to it alone. Compared by `--force` only. */
  isGrave: z.boolean(),
  /** Ids; null: of the whole run. */
  scenario: z.string().nullable(),
  executor: z.string().nullable(),
  /** Which package. */
  name: z.string().nullable(),
  /** Objects as JSON. Of `time-between` `next` is milliseconds. */
  base: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  next: z.union([z.string(), z.number(), z.boolean()]).nullable(),
});
export type RunDifference = Immutable<z.infer<typeof runDifferenceSchema>>;
export type DifferenceCode = RunDifference['code'];

const onlyInSchema = z.object({ base: z.array(z.string()), next: z.array(z.string()) });
export type OnlyIn = Immutable<z.infer<typeof onlyInSchema>>;

/** An executor's ratio to the common baseline in one run. */
const runRatioSchema = z.object({
  ratio: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  forkLogRatios: z.array(z.number()),
});
export type RunRatio = Immutable<z.infer<typeof runRatioSchema>>;

const ratioChangeSchema = z.object({
  executor: z.string(),
  before: runRatioSchema,
  after: runRatioSchema,
  /** The later ratio ÷ the earlier: above 1 the executor gained on the baseline. Welch's interval, on forks. */
  change: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
  degreesOfFreedom: numberOrNull,
  /** Before Holm's correction over all changes between the two runs. */
  p: numberOrNull,
  verdict: z.enum(['gained', 'lost', 'no change shown', 'too few forks to say']),
});
export type RatioChange = Immutable<z.infer<typeof ratioChangeSchema>>;

const scenarioChangesSchema = z.object({
  id: z.string(),
  title: z.string(),
  axis: axisPointSchema.nullable(),
  of: z.enum(['throughput', 'p50 latency', 'p99 latency']),
  /** What the ratios of both runs are to; null where there is none. */
  baseline: z.string().nullable(),
  /** Why no ratio is compared; null: some are. */
  without: z
    .enum(['one executor', 'INVALID', 'other ratios', 'no common baseline', 'no common executor'])
    .nullable(),
  changes: z.array(ratioChangeSchema),
  /** Executors of both runs without a ratio in one of them, or with one that answers another question. */
  leftOut: z.array(
    z.object({
      executor: z.string(),
      run: z.enum(['base', 'next', 'both']),
      /** `cold`: the ratio of that run is one of cold trials alone, that of the other one of warm ones. */
      reason: z.enum(['INVALID', 'no ratio', 'cold']),
    }),
  ),
  executorsOnlyIn: onlyInSchema,
  /** Tasks per second of the baseline, or of an only executor: a remark, since a machine changes between hours. */
  itself: z.object({ executor: z.string(), before: estimateSchema, after: estimateSchema }).nullable(),
  validity: z.object({ base: validitySchema, next: validitySchema }),
});
export type ScenarioChanges = Immutable<z.infer<typeof scenarioChangesSchema>>;

const comparedRunSchema = z.object({
  /** What it is called: its file, a kept run's name, or this run. */
  name: z.string(),
  startedAt: z.string(),
  node: z.string(),
});
export type ComparedRun = Immutable<z.infer<typeof comparedRunSchema>>;

/** What changed from one run to another. */
const runChangesSchema = z.object({
  base: comparedRunSchema,
  next: comparedRunSchema,
  /** Grave ones first. */
  differences: z.array(runDifferenceSchema),
  /** A grave difference, and nobody asked for it by force: no scenario is compared. */
  isRefused: z.boolean(),
  scenarios: z.array(scenarioChangesSchema),
  scenariosOnlyIn: onlyInSchema,
});
export type RunChanges = Immutable<z.infer<typeof runChangesSchema>>;

/** What `compare --json` writes. */
export const comparisonFileSchema = z
  .object({
    comparisonVersion: z.literal(COMPARISON_VERSION),
    generator: z.string(),
    runs: z.array(runChangesSchema.extend({ gates: z.array(gateVerdictSchema) })),
  })
  .meta({
    $id: `urn:threads-vs-loop:comparison:${COMPARISON_VERSION}`,
    title: `Comparison of saved runs by threads-vs-loop, version ${COMPARISON_VERSION}`,
  });
export type ComparisonFile = Immutable<z.infer<typeof comparisonFileSchema>>;

/** JSON Schema (draft 2020-12) of that file. */
export function comparisonJsonSchema(): object {
  return z.toJSONSchema(comparisonFileSchema, { io: 'input' });
}
