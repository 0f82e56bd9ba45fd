import { z } from 'zod';
import { WORKER_REFUSALS } from './constants.js';
import { uncloneableSchema } from './failure.js';
import { type Immutable, quote, wholeNumber } from './parts.js';

/** The processes that a run starts. */
const processNameSchema = z.enum(['host', 'origin', 'calibrate', 'setup', 'rehearsal', 'broker-relay']);
export type ProcessName = z.infer<typeof processNameSchema>;

/** By its own exit code, or by a signal. */
const ending = { exitCode: z.number().int().nullable(), signal: z.string().nullable() };

/** How a process ended; neither code nor signal: it could not be started. */
const processEndSchema = z.object({
  ...ending,
  outOfMemory: z.boolean(),
  /** The error that it printed last. */
  message: quote.nullable(),
});
export type ProcessEnd = Immutable<z.infer<typeof processEndSchema>>;

/** One of an executor's. */
const worker = {
  worker: z.enum(['thread', 'process']),
  /** From 1; null: its pool does not number them. */
  number: wholeNumber.nullable(),
};

function loss<Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) {
  return z.object({ code: z.literal(code), ...values });
}

/**
 * Why a trial was lost, or a scenario could not go on: a code, and values that are numbers, names and quotes. The
 * sentences are `report/words/losses.ts`.
 */
export const lossSchema = z
  .discriminatedUnion('code', [
    /** All that is known is what a pool, Node, an executor or a task's module says; `by`: the pool, where it is one. */
    loss('failed', { by: z.string().nullable(), message: quote }),
    // Of what its user has written.
    loss('executor-unusable', { executor: z.string() }),
    loss('digest-threw', { task: wholeNumber, message: quote }),
    // Of the processes of a run.
    loss('process-ended', { process: processNameSchema, ...processEndSchema.shape }),
    loss('process-not-started', {
      process: processNameSchema,
      /** Of the operating system, such as `EMFILE`. */
      errorCode: z.string().nullable(),
      message: quote,
    }),
    loss('timed-out', { step: z.enum(['start', 'trial', 'warm-up', 'comparison']), limitMs: z.number() }),
    loss('host-gone', {}),
    loss('no-answer', { process: processNameSchema }),
    loss('wrong-answer', { answer: z.string() }),
    loss('not-started', {}),
    loss('run-over', { process: processNameSchema }),
    // Of what runs beside it.
    loss('setup-ended', { workload: z.string(), ...processEndSchema.shape }),
    loss('serve-ended', { command: z.string(), ...processEndSchema.shape, output: z.array(quote) }),
    // Of workers.
    loss('worker-ended', {
      ...worker,
      /** Of another machine; null: this one. */
      host: z.string().nullable(),
      ...ending,
    }),
    loss('worker-failed', { ...worker, message: quote }),
    loss('worker-out-of-memory', worker),
    loss('message-unreadable', { ...worker, message: quote }),
    loss('result-not-sent', {
      /** Null: nobody says. */
      number: worker.number,
      task: wholeNumber.nullable(),
      message: quote.nullable(),
      /** Null: nobody has looked, or nobody can tell. */
      uncloneable: uncloneableSchema.nullable(),
    }),
    loss('payload-damaged', { task: wholeNumber }),
    loss('workers-not-open', { opened: wholeNumber, workers: wholeNumber }),
    // Of a broker, and of workers on other machines.
    loss('broker-lost', { message: quote.nullable() }),
    /** The connection stands, and what was asked last was not answered. */
    loss('broker-silent', { limitMs: z.number() }),
    /** Its `maxmemory-policy` was changed after the start: what it was given may be gone. */
    loss('broker-evicts', { policy: z.string() }),
    /** What no worker of the run has sent. */
    loss('broker-damaged', {
      what: z.enum(['stream', 'message', 'result', 'failure']),
      fault: z.enum([
        ...(['unreadable', 'cut-off', 'too-long', 'not-asked-for'] as const),
        ...([
          'unknown-kind',
          'unknown-outcome',
          'unknown-worker',
          'impossible-time',
          'impossible-id',
        ] as const),
      ]),
    }),
    loss('task-not-run', { task: wholeNumber, message: quote }),
    /** How it ended, and what the one in its place says, where that failed otherwise. */
    loss('worker-not-replaced', { ...ending, message: quote.nullable() }),
    loss('worker-silent', { host: z.string(), how: z.enum(['gone', 'no answer']) }),
    loss('worker-refused', {
      host: z.string(),
      why: z.enum([...WORKER_REFUSALS, 'failed']),
      /** Of what failed there. */
      message: quote.nullable(),
    }),
    loss('all-workers-gone', {}),
  ])
  .describe('a code, with values that are numbers, names, and what other programs said');
export type Loss = Immutable<z.infer<typeof lossSchema>>;
export type LossCode = Loss['code'];
export type LossOf<Code extends LossCode> = Extract<Loss, { readonly code: Code }>;
/** That a process of a run is gone, or was never there. */
export type ProcessLoss = LossOf<'process-ended' | 'process-not-started'>;

/** In what a trial's host was when it was lost. */
export const lossStageSchema = z
  .enum(['start', 'warm-up', 'trial'])
  .describe('start: it was lost before its first trial');
export type LossStage = z.infer<typeof lossStageSchema>;
