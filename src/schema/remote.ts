import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

/** What a scenario sends to other machines, and the limits that it keeps to. */
export const remoteSchema = z
  .object({
    /** A request a task at most; a URL may have placeholders in its path. */
    requests: z.array(z.object({ method: z.string(), url: z.string() })),
    /** Of all workers of an executor together; null: no limit. */
    perSecond: numberOrNull,
    /** Of the whole run; null: no limit. */
    total: wholeNumber.nullable(),
  })
  .describe('only of scenarios that call other machines');
export type Remote = Immutable<z.infer<typeof remoteSchema>>;
