import { z } from 'zod';
import { brokerSchema } from './broker.js';
import { SCHEMA_VERSION } from './constants.js';
import { environmentSchema } from './environment.js';
import { mapSchema } from './map.js';
import { paramsSchema } from './params.js';
import { type Immutable, numberOrNull } from './parts.js';
import { planSchema } from './plan.js';
import { predicateSchema } from './predicate.js';
import { scenarioResultSchema } from './scenario-result.js';
import { tuneSchema } from './tune.js';

const capacitySchema = z
  .object({
    /** Name and parameters of the scenario that was swept. */
    scenario: z.string(),
    params: paramsSchema,
    executor: z.string(),
    slo: z.array(predicateSchema),
    /** Null: not even the lowest rate of the sweep. */
    perSecond: numberOrNull,
    /** It met the objective again in fresh forks; null where none were run. */
    confirmed: z.boolean().nullable(),
  })
  .describe('the highest rate of a sweep at which an executor meets its objective');
export type Capacity = Immutable<z.infer<typeof capacitySchema>>;

/** The command line that made a report, so that a hint can be a whole command. */
const commandLineSchema = z.object({
  /** How the program was called, ready for a shell: `npx threads-vs-loop`, `npm run bench --`. */
  program: z.string(),
  /** What came after it, one word each, unquoted: `['run', 'http', '--tasks', '100']`. */
  args: z.array(z.string()),
});
export type CommandLine = Immutable<z.infer<typeof commandLineSchema>>;

/** The results file. Keys that it does not know are let through and left out. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(SCHEMA_VERSION),
    generator: z.string(),
    command: commandLineSchema
      .nullable()
      .describe('what made this report; null: a program, through the library'),
    startedAt: z.string(),
    elapsedMs: z.number(),
    seed: z.number(),
    commit: z.string().nullish().describe('of the checkout in which it was measured, by `run`; null: none'),
    environment: environmentSchema,
    plan: planSchema,
    brokers: z.array(brokerSchema).optional().describe('only where an executor goes through one'),
    interrupted: z.boolean(),
    scenarios: z.array(scenarioResultSchema),
    /** Of each executor of each sweep over rates that has an objective. */
    capacities: z.array(capacitySchema),
    tune: tuneSchema.nullish().describe('of `tune` alone: what was searched, and what is recommended'),
    map: mapSchema.nullish().describe('of `map`, and of a `tune` that is shown on one: where threads pay'),
  })
  .meta({
    $id: `urn:threads-vs-loop:results:${SCHEMA_VERSION}`,
    title: `Results of threads-vs-loop, version ${SCHEMA_VERSION}`,
    description: 'Units are in the names: Ms milliseconds, Bytes bytes, Share 0 to 1, PerSecond per second.',
  });
export type Report = Immutable<z.infer<typeof reportSchema>>;

/** JSON Schema (draft 2020-12) of the results file. */
export function resultsJsonSchema(): object {
  // What a reader must accept: later files of this version may have keys more.
  return z.toJSONSchema(reportSchema, { io: 'input' });
}
