import { z } from 'zod';
import { failureMessageSchema } from './failure.js';
import { type Immutable, wholeNumber } from './parts.js';

const traceTrackSchema = z.object({
  /** From 0, as in the ledger. */
  worker: wholeNumber,
  tasks: wholeNumber,
  /** Mean number of its tasks in flight, in equal parts of the trial's time. */
  inFlight: z.array(z.number()),
});
export type TraceTrack = Immutable<z.infer<typeof traceTrackSchema>>;

const tracedTaskSchema = z.object({
  index: wholeNumber,
  worker: wholeNumber,
  queuedMs: z
    .number()
    .optional()
    .describe('when it was handed in or due; absent in files of earlier versions'),
  startedMs: z.number(),
  finishedMs: z.number(),
  deliveredMs: z
    .number()
    .optional()
    .describe('when its result was on the main thread; absent in files of earlier versions'),
  /** `completed`, `cancelled`, or the kind of failure. */
  outcome: z.string(),
  /** Its result or failure in a few words. */
  says: failureMessageSchema,
});
export type TracedTask = Immutable<z.infer<typeof tracedTaskSchema>>;

/** Times of all tasks, for pictures and exports: see `src/stats/packed-tasks.ts`. */
const packedTasksSchema = z.object({
  tasks: wholeNumber,
  /** What times are whole multiples of. */
  unitMs: z.number(),
  /** Base64 of gzip of columns. */
  data: z.string(),
});
export type PackedTasks = Immutable<z.infer<typeof packedTasksSchema>>;

/** From when to when, ms after the start of the trial. */
const loopSpellSchema = z.tuple([z.number(), z.number()]);
export type LoopSpell = Immutable<z.infer<typeof loopSpellSchema>>;

export const traceSchema = z
  .object({
    wallMs: z.number(),
    tasks: wholeNumber,
    /** By worker, those without a task left out. */
    tracks: z.array(traceTrackSchema),
    /** The first tasks by index. */
    first: z.array(tracedTaskSchema),
    /** Indexes in the order in which results came, the first of them. */
    arrived: z.array(wholeNumber),
    /** Null: there are too many. */
    all: packedTasksSchema.nullable().default(null),
    /** Absent in files of earlier versions. */
    loopBusy: z
      .array(loopSpellSchema)
      .optional()
      .describe('when the loop of the main thread was at work for 1 ms or more, the 2,000 longest by time'),
  })
  .describe(
    'one trial of its own, in no figure, task by task and worker by worker; of who has no warm trial the cold one',
  );
export type Trace = Immutable<z.infer<typeof traceSchema>>;
