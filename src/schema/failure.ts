import { z } from 'zod';
import { UNCLONEABLE_PARTS } from './constants.js';
import { type Immutable, quote, wholeNumber } from './parts.js';

function cause<Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) {
  return z.object({ code: z.literal(code), ...values });
}

export const uncloneableSchema = cause('uncloneable', {
  way: z.enum(['thread', 'process']),
  /** As JavaScript has it: `result.list[1]`; `result` is the whole of it. */
  path: z.string(),
  what: z.enum(UNCLONEABLE_PARTS),
  /** Its source, the symbol, the name of its class, or what was thrown when it was read or refused. */
  quote: quote.nullable(),
});
export type Uncloneable = Immutable<z.infer<typeof uncloneableSchema>>;

/** Why a task failed, where it is this program that knows: the code is the kind too. The sentences are `report/words/failures.ts`. */
const failureCauseSchema = z.discriminatedUnion('code', [
  cause('timeout', { limitMs: z.number() }),
  /** Through a broker: each worker that had it was lost, or gave no sign of life for as long as a lock holds. */
  cause('stalled', {}),
  uncloneableSchema,
  cause('redirect', { status: wholeNumber, location: quote.nullable() }),
  cause('certificate', { errorCode: z.string(), message: quote }),
  /** Addresses of a name, now and when the run began. */
  cause('resolved-elsewhere', { host: z.string(), now: z.array(z.string()), before: z.array(z.string()) }),
]);
export type FailureCause = Immutable<z.infer<typeof failureCauseSchema>>;

export const failureMessageSchema = z
  .union([quote, failureCauseSchema])
  .describe('what was thrown, word for word; or what this program found, a code with values');
export type FailureMessage = Immutable<z.infer<typeof failureMessageSchema>>;

/** Why a task failed, as data: fields of errors do not survive the way between threads. */
export const failureSchema = z.object({
  /** `timeout`, `refused`, `http-500`, `error`, …; `cancelled` is counted apart from failures. */
  kind: z.string(),
  message: failureMessageSchema,
});
export type Failure = Immutable<z.infer<typeof failureSchema>>;
